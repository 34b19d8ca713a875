/** The kinds of notice with which publishers tell readers of an edit, the gravest first. */
export const NOTICE_KINDS = ["retraction", "correction", "clarification", "editors-note", "update"] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/**
 * How notices begin. `heads` are words that make a notice when a colon, dash, bracket, date or nothing follows them;
 * `phrases` do wherever the sentence has them.
 */
export interface NoticeWords {
  readonly heads: readonly string[];
  readonly phrases: readonly string[];
}

/** By BCP 47 language. All are tried on every text, since a page's language may be wrong or mixed. Lower case. */
export const NOTICE_WORDS: Readonly<Record<string, Partial<Record<NoticeKind, NoticeWords>>>> = {
  en: {
    retraction: {
      heads: ["retraction", "retracted", "withdrawal", "withdrawn"],
      phrases: [
        "this article has been retracted",
        "this story has been retracted",
        "has retracted this article",
        "this article has been withdrawn",
        "we have withdrawn this",
      ],
    },
    correction: {
      heads: ["correction", "corrections", "corrected", "correction appended", "erratum", "errata", "corrigendum"],
      phrases: [
        "an earlier version of this",
        "a previous version of this",
        "earlier versions of this",
        "this article has been corrected",
        "this story has been corrected",
        "this post has been corrected",
        "this article was corrected",
        "this story was corrected",
        "this article was amended",
        "this article has been amended",
        "has been updated to correct",
        "was updated to correct",
      ],
    },
    clarification: {
      heads: ["clarification", "clarifications", "clarified"],
      phrases: [
        "has been updated to clarify",
        "was updated to clarify",
        "this article has been clarified",
        "this story has been clarified",
      ],
    },
    "editors-note": {
      heads: ["editor's note", "editors' note", "editors note", "note to readers", "a note to readers"],
      phrases: [],
    },
    update: {
      heads: ["update", "updates", "updated", "this story was updated", "this article was updated"],
      phrases: [
        "this article has been updated",
        "this story has been updated",
        "this post has been updated",
        "this is a developing story",
      ],
    },
  },
  id: {
    retraction: {
      heads: ["pencabutan", "penarikan berita", "dicabut"],
      phrases: ["berita ini telah dicabut", "artikel ini telah dicabut", "artikel ini ditarik"],
    },
    correction: {
      heads: ["koreksi", "ralat", "perbaikan"],
      phrases: [
        "versi sebelumnya artikel ini",
        "versi sebelumnya dari artikel ini",
        "artikel ini telah dikoreksi",
        "berita ini telah dikoreksi",
        "artikel ini telah diralat",
      ],
    },
    clarification: { heads: ["klarifikasi", "penjelasan redaksi"], phrases: ["artikel ini telah diklarifikasi"] },
    "editors-note": { heads: ["catatan redaksi", "catatan editor"], phrases: [] },
    update: {
      heads: ["pembaruan", "diperbarui", "pemutakhiran", "update"],
      phrases: ["artikel ini telah diperbarui", "berita ini telah diperbarui"],
    },
  },
  fr: {
    retraction: {
      heads: ["rétractation", "retrait"],
      phrases: ["cet article a été retiré", "cet article a été rétracté"],
    },
    correction: {
      heads: ["correction", "correctif", "rectificatif", "rectification", "erratum"],
      phrases: [
        "une version précédente de cet article",
        "une première version de cet article",
        "cet article a été corrigé",
        "cet article a été rectifié",
      ],
    },
    clarification: { heads: ["précision", "précisions", "clarification"], phrases: [] },
    "editors-note": { heads: ["note de la rédaction", "ndlr", "note de l'éditeur"], phrases: [] },
    update: {
      heads: ["mise à jour", "mis à jour", "actualisation", "actualisé"],
      phrases: ["cet article a été mis à jour", "cet article a été actualisé"],
    },
  },
  de: {
    retraction: {
      heads: ["widerruf", "rücknahme"],
      phrases: ["dieser artikel wurde zurückgezogen", "wir haben diesen artikel zurückgezogen"],
    },
    correction: {
      heads: ["korrektur", "korrekturhinweis", "berichtigung", "richtigstellung"],
      phrases: [
        "in einer früheren version dieses",
        "in einer früheren fassung dieses",
        "in einer vorherigen version",
        "dieser artikel wurde korrigiert",
        "wir haben den fehler korrigiert",
      ],
    },
    clarification: { heads: ["klarstellung", "präzisierung"], phrases: [] },
    "editors-note": { heads: ["anmerkung der redaktion", "hinweis der redaktion", "anm. d. red"], phrases: [] },
    update: {
      heads: ["aktualisierung", "aktualisiert", "update", "nachtrag"],
      phrases: ["dieser artikel wurde aktualisiert"],
    },
  },
  es: {
    retraction: { heads: ["retractación", "retirada"], phrases: ["este artículo ha sido retirado"] },
    correction: {
      heads: ["corrección", "fe de errores", "fe de erratas", "rectificación"],
      phrases: ["una versión anterior de este", "una versión previa de este", "este artículo ha sido corregido"],
    },
    clarification: { heads: ["aclaración", "precisión"], phrases: [] },
    "editors-note": { heads: ["nota del editor", "nota de la redacción", "nota de la editora"], phrases: [] },
    update: { heads: ["actualización", "actualizado"], phrases: ["este artículo ha sido actualizado"] },
  },
  pt: {
    correction: {
      heads: ["correção", "errata", "erramos"],
      phrases: ["uma versão anterior deste", "este artigo foi corrigido"],
    },
    clarification: { heads: ["esclarecimento"], phrases: [] },
    "editors-note": { heads: ["nota do editor", "nota da redação"], phrases: [] },
    update: { heads: ["atualização", "atualizado"], phrases: ["este artigo foi atualizado"] },
  },
  ar: {
    retraction: { heads: ["سحب المقال", "تراجع"], phrases: ["تم سحب هذا المقال", "سُحب هذا المقال"] },
    correction: {
      heads: ["تصحيح", "تصويب", "استدراك"],
      phrases: ["نسخة سابقة من هذا", "تم تصحيح هذا", "جرى تصحيح هذا"],
    },
    clarification: { heads: ["توضيح", "إيضاح"], phrases: [] },
    "editors-note": { heads: ["ملاحظة المحرر", "ملاحظة من المحرر", "ملاحظة من التحرير"], phrases: [] },
    update: { heads: ["تحديث", "محدث"], phrases: ["تم تحديث هذا"] },
  },
  zh: {
    retraction: { heads: ["撤稿", "撤稿声明", "撤回"], phrases: ["本文已撤回", "本文已被撤回"] },
    correction: {
      heads: ["更正", "勘误", "勘誤", "訂正", "更正启事"],
      phrases: ["本文此前版本", "本文早前版本", "本文先前版本", "此前版本有误"],
    },
    clarification: { heads: ["澄清", "说明", "說明"], phrases: [] },
    "editors-note": { heads: ["编者按", "編者按", "编者注", "編者註"], phrases: [] },
    update: { heads: ["更新"], phrases: ["本文已更新"] },
  },
  ja: {
    retraction: { heads: ["撤回", "記事の撤回", "記事取り消し"], phrases: ["この記事を取り消します", "本記事は撤回"] },
    correction: {
      heads: ["訂正", "おわびと訂正", "お詫びと訂正", "訂正とおわび"],
      phrases: ["訂正します", "訂正いたします", "訂正しました"],
    },
    clarification: { heads: ["補足", "補足説明"], phrases: [] },
    "editors-note": { heads: ["編集部注", "編集部より", "編集者注"], phrases: [] },
    update: { heads: ["更新", "追記"], phrases: ["この記事は更新されました", "記事を更新しました"] },
  },
  th: {
    retraction: { heads: ["ถอนบทความ", "เพิกถอน"], phrases: ["บทความนี้ถูกถอน"] },
    correction: {
      heads: ["แก้ไข", "แก้ไขข้อมูล", "แก้ไขข่าว", "ขออภัยในความผิดพลาด"],
      phrases: ["เวอร์ชันก่อนหน้าของบทความ", "บทความนี้ได้รับการแก้ไข"],
    },
    clarification: { heads: ["ชี้แจง", "คำชี้แจง"], phrases: [] },
    "editors-note": { heads: ["หมายเหตุบรรณาธิการ", "หมายเหตุจากบรรณาธิการ"], phrases: [] },
    update: { heads: ["อัปเดต", "อัพเดต", "ปรับปรุงล่าสุด"], phrases: ["บทความนี้ได้รับการอัปเดต"] },
  },
  hi: {
    correction: { heads: ["सुधार", "भूल सुधार", "शुद्धिपत्र"], phrases: ["इस लेख के पिछले संस्करण"] },
    clarification: { heads: ["स्पष्टीकरण"], phrases: [] },
    "editors-note": { heads: ["संपादक की टिप्पणी"], phrases: [] },
    update: { heads: ["अपडेट", "अद्यतन"], phrases: ["इस लेख को अपडेट किया गया"] },
  },
};
