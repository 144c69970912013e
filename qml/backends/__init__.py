"""Where circuits run: one protocol, one folder per simulator or vendor."""
