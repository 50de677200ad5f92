FROM node:24-alpine AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
# The packages of telemetry are optional; the image has them.
RUN npm run prepack && npm prune --omit=dev --ignore-scripts \
  && npm install --no-save --omit=dev --ignore-scripts @opentelemetry/api@1.9 @opentelemetry/api-logs@0.223 @opentelemetry/sdk-node@0.223

FROM node:24-alpine
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/src/cli/starter ./src/cli/starter
COPY LICENSE ./
COPY cypher ./cypher
COPY examples ./examples
COPY seeds ./seeds
USER node
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD wget -q -O /dev/null "http://127.0.0.1:$PORT/ready" || exit 1
ENTRYPOINT ["node", "dist/main.js"]
CMD ["start"]
