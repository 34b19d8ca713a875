import { httpFetcher, userAgentOf } from "../../../shared/adapters/web/http-fetcher.ts";
import { fetcherContract } from "../../contracts/fetcher.ts";

const clock = {
  now: () => new Date().toISOString(),
  sleep: (seconds: number) => new Promise<void>((resolve) => setTimeout(resolve, seconds * 1000)),
};

fetcherContract("httpFetcher", (setup) =>
  httpFetcher({ userAgent: userAgentOf({ version: "0.1.0", contact: "desk@newsroom.test" }), clock, ...setup }),
);
