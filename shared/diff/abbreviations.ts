/**
 * Abbreviations that a capital letter or a number follows inside a sentence, without their full stop, by language. Only
 * words that do not end sentences themselves: no `etc`, no `inc`. A boundary found for no other reason would cut a name.
 */
const BY_LANGUAGE: Readonly<Record<string, string>> = {
  en: "mr mrs ms dr prof rev hon gen col capt lt sgt sen rep gov pres st jr sr no nos vs fig approx jan feb aug sept sep oct nov dec",
  id: "drs ir hj prof dr tn ny no jl hlm tgl pt cv kol letjen mayjen brigjen",
  fr: "m mm mme mlle dr pr me st ste no art env",
  de: "hr fr dr prof nr str bzw ca vgl z.b d.h u.a dipl ing",
  es: "sr sra srta dr dra prof lic ing núm pág d dña",
  pt: "sr sra dr dra prof eng nº pág",
  it: "sig dott prof ing avv on",
  // The names of Latin letters, by which initials are written.
  hi: "डॉ श्री प्रो ए बी सी डी ई एफ जी एच आई जे के एल एम एन ओ पी क्यू आर एस टी यू वी डब्ल्यू एक्स वाई जेड",
  nl: "dhr mevr dr prof drs ir nr",
};

export const ABBREVIATIONS: ReadonlySet<string> = new Set(
  Object.values(BY_LANGUAGE).flatMap((words) => words.split(" ")),
);
