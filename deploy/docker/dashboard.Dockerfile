# syntax=docker/dockerfile:1
# The dashboard as static files behind nginx, which runs without root and listens on 8080.

FROM node:22-bookworm-slim AS build
WORKDIR /src
COPY services/dashboard/package.json services/dashboard/package-lock.json services/dashboard/.npmrc ./
RUN --mount=type=cache,target=/root/.npm npm ci --no-audit --no-fund
COPY services/dashboard/ ./
RUN npm run build

FROM nginxinc/nginx-unprivileged:1.28-alpine
COPY deploy/nginx/security-headers.conf /etc/nginx/security-headers.conf
COPY deploy/nginx/dashboard.conf /etc/nginx/conf.d/default.conf
COPY --from=build /src/dist /usr/share/nginx/html
EXPOSE 8080
