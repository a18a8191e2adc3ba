# syntax=docker/dockerfile:1
# All Rust services from one build: docker build -f deploy/docker/rust.Dockerfile --target ingest .
# Targets: ingest, scorer, query, ctl.

FROM rust:1.95.0-slim-bookworm AS build
# The image's toolchain is the pinned one; rustup must not fetch the developer components beside it.
ENV RUSTUP_TOOLCHAIN=1.95.0
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target,sharing=locked \
    cargo build --release --locked \
      -p innerwall-ingest -p innerwall-scorer -p innerwall-query -p innerwall-ctl \
    && mkdir /out \
    && cp target/release/innerwall-ingest target/release/innerwall-scorer \
          target/release/innerwall-query target/release/innerwall-ctl /out/

FROM node:22-bookworm-slim AS data
WORKDIR /src
RUN apt-get update \
    && apt-get install -y --no-install-recommends python3 python3-venv \
    && rm -rf /var/lib/apt/lists/*
COPY deploy/data/manifest.json deploy/data/fetch.sh deploy/data/
RUN bash deploy/data/fetch.sh deploy/data/manifest.json /data

# No shell tools beyond Debian's smallest set, no root, nothing writable.
FROM debian:bookworm-slim AS base
RUN useradd --system --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin innerwall
COPY --chmod=755 deploy/docker/ready /usr/local/bin/ready
USER 10001:10001
ENV INNERWALL_LISTEN=0.0.0.0:8080
STOPSIGNAL SIGTERM

FROM base AS ingest
COPY --from=build /out/innerwall-ingest /usr/local/bin/
ENV INNERWALL_GRPC_LISTEN=0.0.0.0:8085
EXPOSE 8080 8085
ENTRYPOINT ["innerwall-ingest"]

FROM base AS scorer
COPY --from=data /data /data
COPY --from=build /out/innerwall-scorer /usr/local/bin/
ENV INNERWALL_DATA_DIR=/data
EXPOSE 8080
ENTRYPOINT ["innerwall-scorer"]

FROM base AS query
COPY --from=data /data /data
COPY --from=build /out/innerwall-query /usr/local/bin/
ENV INNERWALL_GRPC_LISTEN=0.0.0.0:8082 INNERWALL_DATA_DIR=/data
EXPOSE 8080 8082
ENTRYPOINT ["innerwall-query"]

FROM base AS ctl
COPY --from=data /data /data
COPY --from=build /out/innerwall-ctl /usr/local/bin/
ENV INNERWALL_DATA_DIR=/data
ENTRYPOINT ["innerwall-ctl"]
