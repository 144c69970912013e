# qml in a container: `docker build -t qml .`, then `docker run --rm -v "$PWD:/project" qml train`.
# Everything is pinned by constraints.txt; nothing runs as root. Extras: --build-arg EXTRAS=tune,ibm,verify
FROM python:3.11.14-slim-bookworm AS build
ARG EXTRAS=tune,rocrate,verify
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /source
RUN python -m venv /opt/qml
COPY pyproject.toml README.md LICENSE constraints.txt ./
COPY qml ./qml
COPY templates ./templates
RUN /opt/qml/bin/pip install --constraint constraints.txt ".[${EXTRAS}]" \
    && /opt/qml/bin/python -m compileall -q /opt/qml/lib

FROM python:3.11.14-slim-bookworm
# git: a run's manifest names the commit that it came from
RUN apt-get update \
    && apt-get install --yes --no-install-recommends git \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 1000 qml \
    && git config --system --add safe.directory /project
COPY --from=build /opt/qml /opt/qml
# compiled programs are kept outside of the project, and shared where the folder is a volume
ENV PATH=/opt/qml/bin:$PATH QML_CACHE_DIR=/home/qml/.cache/qml PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
USER qml
WORKDIR /project
ENTRYPOINT ["qml"]
CMD ["--help"]
