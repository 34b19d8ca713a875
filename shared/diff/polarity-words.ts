/**
 * Words that deny, and words that hedge, by BCP 47 language: lower case, whole words. Only languages that write spaces;
 * in the others a character that denies is part of many words. No prepositions ("about"), no months ("May": the rule
 * looks at letter case).
 */
export interface PolarityWords {
  readonly negation: readonly string[];
  readonly hedging: readonly string[];
}

export const POLARITY_WORDS: Readonly<Record<string, PolarityWords>> = {
  en: {
    negation: "not never no nobody nothing neither none cannot".split(" "),
    hedging:
      "allegedly alleged reportedly apparently possibly probably perhaps maybe likely unlikely may might could would should seems seem appears appear suggests suggest purportedly supposedly believed thought often usually generally typically".split(
        " ",
      ),
  },
  id: {
    negation: "tidak bukan belum jangan tak".split(" "),
    hedging: "diduga konon kabarnya mungkin barangkali kemungkinan dikabarkan".split(" "),
  },
  fr: {
    negation: "ne n pas jamais rien aucun aucune".split(" "),
    hedging: "apparemment peut-être probablement pourrait pourraient semble semblent présumé présumée devrait".split(
      " ",
    ),
  },
  de: {
    negation: "nicht nie niemals kein keine keinen keinem keiner nichts".split(" "),
    hedging:
      "angeblich mutmaßlich offenbar vermutlich wahrscheinlich möglicherweise vielleicht könnte könnten soll sollen".split(
        " ",
      ),
  },
  es: {
    negation: "no nunca jamás nada ningún ninguna".split(" "),
    hedging:
      "presuntamente supuestamente aparentemente posiblemente probablemente quizás tal podría podrían parece".split(
        " ",
      ),
  },
  ar: { negation: "لا لم لن ليس ليست".split(" "), hedging: "ربما قد يزعم يُزعم مزعوم يبدو محتمل".split(" ") },
};
