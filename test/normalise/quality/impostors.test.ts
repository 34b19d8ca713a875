import { describe, expect, it } from "vitest";
import type { FailureKind } from "../../../shared/domain/failure.ts";
import { normalise } from "../../../shared/normalise/normalise.ts";
import { judgeCapture } from "../../../shared/normalise/quality/capture-quality.ts";

const STORY = `<!doctype html><title>The quay</title><h1>The quay</h1>${"<p>The harbour master said on Friday that the quay will be dredged before the winter storms set in.</p>".repeat(12)}`;
const bytes = (html: string) => new TextEncoder().encode(html);
const read = (html: string) => normalise({ url: "https://quay.example/", bytes: bytes(html) });
const verdict = (html: string, newest: string | null = null) =>
  judgeCapture({
    status: 200,
    headers: { "content-type": "text/html" },
    body: bytes(html),
    article: read(html),
    newest: newest === null ? null : { article: read(newest) },
  });
const kindOf = (html: string, newest: string | null = null) => verdict(html, newest)?.kind ?? null;

const ACCEPT = "<form action='/save'><button>Accept all</button><button name='reject'>Reject</button></form>";
const PASSWORD = "<form><input name=u><input type='password'></form>";
const button = (text: string) => `<div><button class="k3">${text}</button></div>`;

/** Per kind and language: what the page is headed, and what it shows besides. */
const WALLS: readonly (readonly [FailureKind, language: string, heading: string, besides: string])[] = [
  ["soft-404", "en", "Page not found", "<p>Try the front page.</p>"],
  ["soft-404", "en", "The page doesn&#39;t exist", "<p>Try the front page.</p>"],
  ["soft-404", "id", "Halaman tidak ditemukan", "<p>Silakan kembali ke beranda.</p>"],
  ["soft-404", "es", "Página no encontrada", "<p>Vuelva a la portada.</p>"],
  ["soft-404", "fr", "Page introuvable", "<p>Retour à la une.</p>"],
  ["soft-404", "de", "Seite nicht gefunden", "<p>Zur Startseite.</p>"],
  ["soft-404", "ru", "Страница не найдена", "<p>На главную.</p>"],
  ["soft-404", "ar", "الصفحة غير موجودة", "<p>العودة إلى الصفحة الرئيسية</p>"],
  ["soft-404", "ja", "ページが見つかりません", "<p>トップへ戻る。</p>"],
  ["soft-404", "zh", "页面不存在", "<p>返回首页。</p>"],
  ["soft-404", "ko", "페이지를 찾을 수 없습니다", "<p>처음으로.</p>"],
  ["error-page", "en", "Internal Server Error", "<p>Number 7.</p>"],
  ["error-page", "en", "502 Bad Gateway", "<hr><center>nginx</center>"],
  ["error-page", "id", "Kesalahan server internal", "<p>Coba lagi.</p>"],
  ["error-page", "pt", "Erro interno do servidor", "<p>Tente mais tarde.</p>"],
  ["error-page", "tr", "Sunucu hatası", "<p>Sonra deneyin.</p>"],
  ["error-page", "ja", "サーバーエラー", "<p>しばらくお待ちください。</p>"],
  ["error-page", "zh", "服务器内部错误", "<p>请稍后。</p>"],
  ["consent-wall", "en", "We value your privacy", button("Accept all")],
  ["consent-wall", "id", "Kami menghargai privasi Anda", button("Setuju")],
  ["consent-wall", "es", "Antes de continuar", button("Aceptar y seguir")],
  ["consent-wall", "fr", "Avant de continuer", button("Tout accepter")],
  ["consent-wall", "de", "Weiterlesen mit Werbung", button("Zustimmen und weiter")],
  ["consent-wall", "nl", "Jouw privacy is belangrijk", button("Akkoord")],
  ["consent-wall", "pl", "Cenimy Twoją prywatność", button("Zgadzam się")],
  ["consent-wall", "ru", "Прежде чем продолжить", button("Принять все")],
  ["consent-wall", "ar", "نحن نقدر خصوصيتك", button("أوافق")],
  ["consent-wall", "ja", "続行する前に", button("同意する")],
  ["login-wall", "en", "Sign in to continue", PASSWORD],
  ["login-wall", "id", "Silakan masuk", PASSWORD],
  ["login-wall", "es", "Iniciar sesión", PASSWORD],
  ["login-wall", "fr", "Connexion", PASSWORD],
  ["login-wall", "de", "Anmelden", PASSWORD],
  ["login-wall", "tr", "Giriş yap", PASSWORD],
  ["login-wall", "ru", "Вход", PASSWORD],
  ["login-wall", "ja", "ログイン", PASSWORD],
  ["login-wall", "zh", "登录", PASSWORD],
];
const headed = (heading: string, rest: string) => `<title>${heading} | The Quay</title><h1>${heading}</h1>${rest}`;
const BREAKING = "<p>The search went on along the river until dusk on Friday, and will begin again at first light.</p>";

describe("what stands in the article's place", () => {
  it.each(WALLS)("a %s in %s: %s", (kind, _language, heading, besides) => {
    const failure = verdict(headed(heading, besides));
    expect(failure?.kind).toBe(kind);
    expect(failure?.detail).toMatch(/^headed “.+”, with \d+ characters of text$/);
  });

  it.each(WALLS)("an article headed as a %s in %s: %s", (_kind, _language, heading, besides) => {
    const long = headed(heading, besides + BREAKING.repeat(60));
    expect(kindOf(long)).toBeNull();
    const signed = headed(heading, `<meta name="author" content="Ida Holm">${besides}${BREAKING}`);
    expect(kindOf(signed)).toBeNull();
    const usual = headed(heading, besides + BREAKING);
    expect(kindOf(usual, usual)).toBeNull();
  });

  it.each(WALLS.filter(([kind]) => kind === "consent-wall" || kind === "login-wall"))(
    "a short page headed as a %s in %s that shows nothing of the kind: %s",
    (_kind, _language, heading) => expect(kindOf(headed(heading, BREAKING))).toBeNull(),
  );

  it("is told by its title in the page's own coding", () => {
    // "ページが見つかりません" in Shift_JIS
    const title = [0x83, 0x79, 0x81, 0x5b, 0x83, 0x57, 0x82, 0xaa, 0x8c, 0xa9, 0x82, 0xc2];
    const rest = [0x82, 0xa9, 0x82, 0xe8, 0x82, 0xdc, 0x82, 0xb9, 0x82, 0xf1];
    const body = Uint8Array.from([...bytes("<title>"), ...title, ...rest, ...bytes("</title><h1>7</h1><p>8</p>")]);
    const headers = { "content-type": "text/html; charset=shift_jis" };
    const article = normalise({ url: "https://quay.example/", bytes: body, contentType: headers["content-type"] });
    expect(judgeCapture({ status: 200, headers, body, article, newest: null })?.kind).toBe("soft-404");
  });

  it.each<[FailureKind, string, string]>([
    ["soft-404", "by its title", "<title>Page not found | The Quay</title><h1>Oops!</h1><p>Try the front page.</p>"],
    ["soft-404", "by its heading", "<title>The Quay</title><h1>404 – Not found</h1><p>Try a search.</p>"],
    ["error-page", "of a database", "<h1>Error establishing a database connection</h1>"],
    [
      "consent-wall",
      "in English",
      `<h1>Before you continue to The Quay</h1><p>${"We use cookies. ".repeat(60)}</p>${ACCEPT}`,
    ],
    [
      "consent-wall",
      "in German",
      `<title>Hafenblatt</title><h2>Mit Werbung weiterlesen</h2><p>Oder mit Abo.</p>${ACCEPT}`,
    ],
  ])("sees a %s %s", (kind, _how, html) => expect(kindOf(html)).toBe(kind));

  it.each([
    ["an article about cookies", STORY.replace(/The quay/g, "We value your privacy, they said. We asked ten of them")],
    ["a long article of that name", STORY.replace(/The quay/g, "Page not found") + STORY],
    [
      "a short note with an author",
      '<meta name="author" content="Ida"><title>Not found</title><h1>Not found</h1><p>My keys.</p>',
    ],
    ["an article with a consent banner", `${STORY}<div id="cookie"><h2>We value your privacy</h2>${ACCEPT}</div>`],
    ["a short page about privacy without a button", "<h1>Privacy settings</h1><p>We changed ours last week.</p>"],
  ])("passes %s", (_what, html) => expect(verdict(html)).toBeNull());

  it.each([
    "Body not found after search",
    "Missing boy not found in river",
    "Gaza: 404 killed in week",
    "Flight 404 lands safely",
    "Road under maintenance until May",
    "Something went wrong at Boeing",
    "Database error delays 400 flights",
    "Evidence not found, police say",
  ])("passes short news headed “%s”", (heading) => {
    const html = `<title>${heading} | The Quay</title><h1>${heading}</h1>${BREAKING.repeat(9)}`;
    expect(verdict(html)).toBeNull();
    expect(kindOf(html, STORY)).toBeNull();
  });

  it("passes short news that begins with such words", () => {
    const html = `<h1>Search goes on</h1><p>The missing boy was not found.</p>${BREAKING.repeat(4)}`;
    expect(kindOf(html)).toBeNull();
    expect(kindOf(html.replace("The missing boy was not found", "Page not found, said the archive"))).toBeNull();
  });

  it.each([
    ["Something went wrong", "error-page"],
    ["Oops! Something went wrong - The Quay", "error-page"],
    ["Not found | The Quay", "soft-404"],
    ["The Quay – 404", "soft-404"],
  ])("sees through “%s”", (heading, kind) =>
    expect(kindOf(`<title>${heading}</title><h1>${heading}</h1><p>Try the front page, or a search.</p>`)).toBe(kind),
  );

  it("passes a page headed as the newest reading, whatever its title says for an hour", () => {
    const html =
      '<meta property="og:title" content="The quay"><title>Page not found</title><h1>The quay</h1><p>It will be dredged.</p>';
    expect(kindOf(html)).toBe("soft-404");
    expect(kindOf(html, "<title>The quay</title><h1>The quay</h1><p>It is closed.</p>")).toBeNull();
  });

  it("passes a page that has always been headed so", () => {
    const html = "<h1>Page not found</h1><p>An exhibition, until May.</p>";
    expect(kindOf(html)).toBe("soft-404");
    expect(kindOf(html, html)).toBeNull();
  });

  it.each([
    "New privacy settings for teenagers",
    "We use cookies too often, ministers are told",
    "Login fails for 400 at the ferry",
    "Masuk musim hujan, warga waspada",
  ])("passes short news headed “%s”, with a banner and a form of the site's", (heading) => {
    const html = headed(heading, `${BREAKING.repeat(9)}<div id="cookie">${ACCEPT}</div>${PASSWORD}`);
    expect(kindOf(html)).toBeNull();
  });
});
