import { addSeconds } from "../../../shared/domain/time.ts";
import { append, byline, type Edit, everywhere, extend, headline, move, reword, together, touch } from "./edit.ts";
import { heading, type Post, paragraph, related } from "./post.ts";

/** The post is written anew each week; its figures follow from the week's number. */
function figures(week: number) {
  const date = new Date(Date.UTC(2026, 2, 2 + 7 * week));
  const passengers = 1240 + ((week * 37) % 400);
  return {
    start: new Intl.DateTimeFormat("id", { day: "numeric", month: "long", timeZone: "UTC" }).format(date),
    published: date.toISOString(),
    passengers: passengers.toLocaleString("id"),
    counted: (passengers + 58).toLocaleString("id"),
    fare: `Rp${(18_500 + 250 * (week % 12)).toLocaleString("id")}`,
  };
}

/** An invented harbour's new timetable, as it first stands in its week. */
export function ferryPost(week: number): Post {
  const { start, published, passengers, fare } = figures(week);
  return {
    path: "/2026/03/feri-sore-teluk-sempadan.html",
    language: "id",
    headline: "Feri Teluk Sempadan Tambah Keberangkatan Sore ke Pulau Menara",
    byline: "Meja Pesisir",
    published,
    modified: published,
    blocks: [
      paragraph(
        `Pelabuhan Teluk Sempadan menambah satu keberangkatan feri sore ke Pulau Menara mulai ${start}, setelah warga dua dusun berbulan-bulan mengeluhkan kapal terakhir yang berangkat terlalu awal. Jadwal baru itu berlaku setiap hari, termasuk hari pasar.`,
      ),
      paragraph(
        "Kapal sore akan bertolak pukul 16.45 dan tiba di dermaga Menara sekitar 50 menit kemudian. Kapal pagi tetap berangkat pukul 06.30, sedangkan kapal siang dimajukan seperempat jam agar tidak bertabrakan dengan jam bongkar ikan.",
      ),
      paragraph(
        `Tarif penumpang dewasa ditetapkan ${fare} sekali jalan, dan anak di bawah lima tahun tidak dipungut biaya. Pedagang yang membawa lebih dari dua keranjang membayar tambahan Rp4.000.`,
      ),
      paragraph(
        "“Kami mendengar keluhan yang sama di setiap pertemuan warga, dan sore adalah jam yang paling sering disebut,” kata kepala dermaga. Ia menambahkan bahwa kapal yang dipakai, Camar Biru, baru selesai diperiksa pekan lalu.",
      ),
      related("Mercusuar Pulau Menara Dicat Ulang oleh Pelajar", "mercusuar-dicat-ulang"),
      paragraph(
        `Sepanjang pekan lalu tercatat ${passengers} penumpang menyeberang, naik dari pekan sebelumnya. Sebagian besar adalah pelajar dan pedagang sayur yang pulang pergi dalam satu hari.`,
      ),
      heading("Warga Menyambut, Nelayan Berhitung"),
      paragraph(
        "Seorang pedagang kelapa di dermaga Menara mengatakan ia kini tidak perlu lagi menginap di rumah kerabat. “Dulu kalau dagangan belum habis jam dua, saya harus memilih antara rugi dan tidur di pasar,” ujarnya.",
      ),
      paragraph(
        "Nelayan jaring tepi meminta agar kapal mengurangi kecepatan di dekat tanjung, karena gelombangnya mengangkat tali tambat. Pengelola pelabuhan berjanji memasang dua pelampung penanda sebelum akhir bulan.",
      ),
      paragraph(
        "Tiket dapat dibeli di loket dermaga mulai satu jam sebelum berangkat. Pemesanan lewat telepon belum dibuka, karena loket hanya dijaga dua orang.",
      ),
      paragraph(
        "Bila ombak melebihi satu setengah meter, keberangkatan sore dibatalkan dan tiket berlaku untuk hari berikutnya. Papan pengumuman di depan loket akan diperbarui setiap pukul tiga.",
      ),
      paragraph(
        "Dinas perhubungan setempat akan menilai jadwal ini setelah dua bulan. Jika kursi yang terisi kurang dari separuh, keberangkatan sore hanya akan dipertahankan pada hari pasar.",
      ),
    ],
  };
}

/** What the desk does to the ferry post in its week, in order. */
export function ferryEdits(week: number): readonly Edit[] {
  const { published, passengers, counted } = figures(week);
  const minutesLater = (minutes: number) => touch(addSeconds(published, 60 * minutes));
  const said = ["sore adalah jam yang paling sering disebut", "jam sore yang paling banyak diminta"] as const;
  return [
    together(reword(`${passengers} penumpang`, `${counted} penumpang`), minutesLater(40)),
    headline("Feri Teluk Sempadan Tambah Kapal Sore, Nelayan Minta Kapal Melambat"),
    reword(...said),
    reword(said[1], said[0]),
    move("Tiket dapat dibeli", 2),
    everywhere((text) => text.replace(/[“”]/g, '"')),
    byline("Meja Pesisir dan Redaksi Daerah"),
    together(
      reword(" Pengelola pelabuhan berjanji memasang dua pelampung penanda sebelum akhir bulan.", ""),
      extend("Bila ombak melebihi", "Penumpang yang menunggu boleh berteduh di balai nelayan."),
      minutesLater(190),
    ),
    together(
      append(paragraph("Koreksi: versi sebelumnya tulisan ini keliru menyebut jumlah penumpang pekan lalu.")),
      minutesLater(260),
    ),
  ];
}
