import { folded } from "../page/canonical.ts";

/** What may be served with status 200 where an article should be. */
export type Impostor = "soft-404" | "error-page" | "consent-wall" | "login-wall";

/**
 * What such pages are headed, per language. A heading counts only where it says little else, on a page with hardly any
 * text that claims neither author nor date: "Page not found | The Daily" is one, an essay of that name is not.
 */
const HEADINGS: Readonly<Record<Impostor, Readonly<Record<string, readonly string[]>>>> = {
  "soft-404": {
    en: [
      "page not found",
      "404 not found",
      "404 error",
      "error 404",
      "page cannot be found",
      "page can't be found",
      "page could not be found",
      "page does not exist",
      "page doesn't exist",
      "page no longer exists",
      "page is no longer available",
      "page isn't available",
      "article not found",
      "article is no longer available",
      "content not found",
      "content no longer available",
      "we can't find that page",
      "we couldn't find that page",
    ],
    id: ["halaman tidak ditemukan", "artikel tidak ditemukan", "halaman yang anda cari tidak ditemukan"],
    es: ["página no encontrada", "no se encontró la página", "la página no existe", "contenido no encontrado"],
    pt: ["página não encontrada", "a página não existe", "conteúdo não encontrado"],
    fr: ["page introuvable", "page non trouvée", "cette page n'existe pas", "article introuvable"],
    de: ["seite nicht gefunden", "seite existiert nicht", "artikel nicht gefunden", "seite wurde nicht gefunden"],
    it: ["pagina non trovata", "la pagina non esiste"],
    nl: ["pagina niet gevonden"],
    pl: ["nie znaleziono strony", "strona nie istnieje"],
    tr: ["sayfa bulunamadı"],
    ru: ["страница не найдена", "страница не существует"],
    ar: ["الصفحة غير موجودة"],
    zh: ["页面不存在", "頁面不存在", "找不到页面", "找不到頁面"],
    ja: ["ページが見つかりません"],
    ko: ["페이지를 찾을 수 없습니다"],
  },
  "error-page": {
    en: [
      "500 internal server error",
      "internal server error",
      "502 bad gateway",
      "bad gateway",
      "503 service unavailable",
      "504 gateway timeout",
      "gateway timeout",
      "error establishing a database connection",
    ],
    es: ["error interno del servidor"],
    pt: ["erro interno do servidor"],
    fr: ["erreur interne du serveur"],
    de: ["interner serverfehler"],
    ru: ["внутренняя ошибка сервера"],
    id: ["kesalahan server internal"],
    it: ["errore interno del server"],
    nl: ["interne serverfout"],
    pl: ["wewnętrzny błąd serwera"],
    tr: ["sunucu hatası"],
    ar: ["خطأ داخلي في الخادم"],
    zh: ["服务器内部错误", "服务器错误", "伺服器錯誤"],
    ja: ["サーバーエラー"],
    ko: ["내부 서버 오류"],
  },
  "consent-wall": {
    en: [
      "before you continue",
      "we value your privacy",
      "we care about your privacy",
      "privacy preference center",
      "manage consent preferences",
      "manage cookie preferences",
      "this site uses cookies",
    ],
    id: ["sebelum melanjutkan", "kami menghargai privasi anda"],
    es: ["antes de continuar", "valoramos tu privacidad", "su privacidad es importante"],
    pt: ["antes de continuar", "valorizamos a sua privacidade"],
    fr: ["avant de continuer", "avant d'accéder", "le respect de votre vie privée", "continuer sans accepter"],
    de: [
      "bevor sie fortfahren",
      "bevor du fortfährst",
      "wir schätzen ihre privatsphäre",
      "ihre privatsphäre ist uns wichtig",
      "mit werbung weiterlesen",
      "weiterlesen mit werbung",
      "mit werbung nutzen",
      "privatsphäre einstellungen",
      "zustimmung erforderlich",
    ],
    it: ["prima di continuare", "la tua privacy è importante", "rispettiamo la tua privacy"],
    nl: ["voordat je verdergaat", "wij waarderen uw privacy", "jouw privacy is belangrijk"],
    pl: ["zanim przejdziesz", "szanujemy twoją prywatność", "cenimy twoją prywatność"],
    sv: ["innan du fortsätter", "vi värnar om din integritet"],
    ru: ["прежде чем продолжить", "мы ценим вашу конфиденциальность"],
    tr: ["devam etmeden önce", "gizliliğinize önem veriyoruz"],
    ar: ["قبل المتابعة", "نحن نقدر خصوصيتك"],
    zh: ["继续之前", "繼續之前", "我们重视您的隐私"],
    ja: ["続行する前に", "プライバシーを尊重します"],
    ko: ["계속하기 전에"],
  },
  "login-wall": {
    en: ["log in to", "sign in to", "subscriber login", "members only"],
    id: ["silakan masuk", "login pelanggan"],
    es: ["inicia sesión para"],
    pt: ["faça login"],
    fr: ["connectez vous"],
    de: ["bitte melden sie sich an"],
    nl: ["log in om"],
    pl: ["zaloguj się aby"],
    sv: ["logga in för att"],
  },
};

/**
 * What such pages are headed too, and what news is made of besides: "Body not found after search", "Flight 404 lands
 * safely", "New privacy settings for teenagers". These count only where they are the heading, or all of it that is not a site's name.
 */
const BARE: Readonly<Partial<Record<Impostor, readonly string[]>>> = {
  "soft-404": ["not found", "404", "nothing found"],
  "error-page": [
    "service unavailable",
    "service temporarily unavailable",
    "database error",
    "application error",
    "something went wrong",
    "an error occurred",
    "an error has occurred",
    "down for maintenance",
    "site under maintenance",
    "under maintenance",
    "we'll be right back",
    "be right back",
    "terjadi kesalahan",
    "sedang dalam perbaikan",
    "se ha producido un error",
    "sitio en mantenimiento",
    "ocorreu um erro",
    "site em manutenção",
    "une erreur est survenue",
    "site en maintenance",
    "ein fehler ist aufgetreten",
    "wartungsarbeiten",
    "произошла ошибка",
  ],
  "consent-wall": [
    "your privacy choices",
    "your privacy matters",
    "cookie consent",
    "privacy settings",
    "we use cookies",
    "consent required",
    "datenschutzeinstellungen",
  ],
  "login-wall": [
    ...["log in", "login", "sign in", "masuk", "iniciar sesión", "inicia sesión", "iniciar sessão", "entrar"],
    ...["se connecter", "connexion", "anmelden", "einloggen", "accedi", "inloggen", "logga in", "zaloguj się"],
    ...["giriş yap", "войти", "вход", "تسجيل الدخول", "登录", "登入", "ログイン", "로그인"],
  ],
};

/** How a button says that it gives consent. */
const CONSENTING: readonly string[] = [
  ...["accept", "agree", "allow all", "got it"],
  ...["setuju", "terima"],
  ...["aceptar", "acepto", "aceitar", "aceito", "concordo"],
  ...["accepter", "j'accepte", "tout accepter"],
  ...["akzeptieren", "zustimmen", "einverstanden"],
  ...["accetta", "accetto", "acconsento"],
  ...["akkoord", "accepteren", "toestaan"],
  ...["akceptuję", "zgadzam się", "zgoda"],
  ...["acceptera", "godkänn", "accepter alle", "godta"],
  ...["kabul et", "принять", "согласен", "соглашаюсь", "прийняти"],
  ...["أوافق", "موافق", "قبول", "同意", "接受", "동의"],
].map(folded);

/** Whether a button's text is one that gives consent. */
export function saysConsent(text: string): boolean {
  const said = folded(text.slice(0, 100));
  return said !== "" && CONSENTING.some((phrase) => said.includes(phrase));
}

const WHOLE_PARTS: ReadonlyMap<string, Impostor> = new Map(
  (Object.entries(BARE) as [Impostor, readonly string[]][]).flatMap(([kind, phrases]) =>
    phrases.map((phrase) => [folded(phrase), kind] as const),
  ),
);
/** What parts a site's name from the heading. A hyphen inside a word parts nothing. */
const NAME_MARK = /\s*[|｜–—·»]\s*|\s+-\s+/;
const INTERJECTION = /^\s*(?:oops|whoops|sorry|uh[- ]oh|ups|hoppla)\b[\s,!.…:]*/i;

const PHRASES: readonly (readonly [Impostor, string])[] = (
  Object.entries(HEADINGS) as [Impostor, (typeof HEADINGS)[Impostor]][]
).flatMap(([kind, languages]) =>
  [...new Set(Object.values(languages).flat())].map((phrase) => [kind, folded(phrase)] as const),
);

/** Words that a heading may say besides: a site's name, an "Oops!". */
const MOST_OTHER_WORDS = 5;

/** What a heading announces, with the phrase that says so; null for any other heading. */
export function announced(heading: string): { readonly kind: Impostor; readonly phrase: string } | null {
  if (heading.length > 150) return null;
  const said = ` ${folded(heading)} `;
  for (const [kind, phrase] of PHRASES) {
    // scripts without spaces: the phrase stands in the heading as it is
    const found = said.includes(` ${phrase} `) || (UNSPACED.test(phrase) && said.includes(phrase));
    if (found && wordsOf(said) - wordsOf(phrase) <= MOST_OTHER_WORDS) return { kind, phrase };
  }
  if (wordsOf(said) > MOST_WORDS_WITH_BARE) return null;
  for (const part of heading.split(NAME_MARK)) {
    const phrase = folded(part.replace(INTERJECTION, ""));
    const kind = WHOLE_PARTS.get(phrase);
    if (kind) return { kind, phrase };
  }
  return null;
}

/** A bare phrase and a site's name. */
const MOST_WORDS_WITH_BARE = 10;
const UNSPACED = /[\u3040-\u30ff\u3400-\u9fff]/;
const wordsOf = (text: string): number => text.trim().split(" ").length;
