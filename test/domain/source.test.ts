import { expect, it } from "vitest";
import { sourcesOf } from "../../shared/domain/source.ts";

it.each([
  ["https://gazette.example/a", ["gazette.example"]],
  ["https://www.gazette.example/a", ["www.gazette.example", "gazette.example"]],
  ["https://a.b.gazette.co.uk/", ["a.b.gazette.co.uk", "b.gazette.co.uk", "gazette.co.uk", "co.uk"]],
  ["https://a.b.c.d.e.f.example/", ["a.b.c.d.e.f.example", "d.e.f.example", "e.f.example", "f.example"]],
  ["https://GAZETTE.example./", ["gazette.example"]],
  ["https://zeitung-köln.example/", ["xn--zeitung-kln-zfb.example"]],
  ["http://127.0.0.1:8080/", ["127.0.0.1"]],
  ["http://[::1]:8080/", ["[::1]"]],
  ["http://localhost:8080/", ["localhost"]],
  ["nothing", []],
])("%s comes from %j", (url, sources) => expect(sourcesOf(url)).toEqual(sources));
