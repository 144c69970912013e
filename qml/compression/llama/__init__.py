"""llama.cpp as the package `xllamacpp` carries it: what its Python surface leaves out.

The package runs chats; for the log-probabilities of a whole text, and for writing block formats,
the C functions of its shared library are called by ctypes.
"""
