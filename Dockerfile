# syntax=docker/dockerfile:1

FROM rust:1.95-slim-bookworm AS build
WORKDIR /src
# The queries are checked against .sqlx/, since there is no database here.
ENV SQLX_OFFLINE=true
COPY . .
# The caches keep what was compiled last time; the binary must be copied out of them.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --release --locked --bin constat && cp target/release/constat /constat

FROM debian:bookworm-slim
# A fixed number, so that the owner of the volume stays the same from image to image.
RUN useradd --uid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin constat \
    && install --directory --owner=constat --group=constat /data
COPY --from=build /constat /usr/local/bin/constat
COPY LICENSE-MIT LICENSE-APACHE /usr/share/doc/constat/
USER constat
WORKDIR /data
VOLUME /data
ENV CONSTAT_DB=/data/constat.db \
    CONSTAT_LISTEN=0.0.0.0:8080 \
    CONSTAT_LOG_FORMAT=json
EXPOSE 8080
# The image has no curl: the program asks itself.
HEALTHCHECK --interval=30s --timeout=6s --start-period=30s --retries=3 CMD ["constat", "health"]
ENTRYPOINT ["constat"]
CMD ["serve"]
