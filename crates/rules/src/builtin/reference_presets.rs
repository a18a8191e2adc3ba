//! The maps of the 13 presets of the reference system, told here once more so that a slip in a
//! preset's file is seen: weights -20, 10, 20 and 70.

pub(super) const REFERENCE: [(&str, usize, [&str; 4]); 13] = [
    (
        "account_registration",
        35,
        [
            "E23 E24 E25 E26 I08 I10",
            "D08 D09 E07 E08 E21 E22 I05 I06",
            "B19 B21 B22 B23 D01 D03 D04 D07 D10 E01 E03 E04 E06 I02 I03 I04",
            "B07 B18 I01 R01 R03",
        ],
    ),
    (
        "account_takeover",
        25,
        [
            "",
            "A03 A04 A08 B01 B02 B03 B21 D04 D05 I03 I09",
            "B04 B05 B19 B20 D01",
            "A01 A02 A05 A06 B06 E19 I01 I04 R01",
        ],
    ),
    ("api_protection", 10, ["", "B24", "D01", "B04 B05 B06 B18 D03 D10 I01 R01"]),
    ("bot_detection", 6, ["", "", "", "B04 B05 B06 B19 D10 I01"]),
    ("content_spam", 9, ["", "", "B11 B26 E03 E04 E21 I02 I03", "R01 R02"]),
    ("credential_stuffing", 9, ["", "", "A01 A02 B04 B05 B06 I02 I03 I06", "R01"]),
    ("default", 0, ["", "", "", ""]),
    ("dormant_account", 1, ["", "", "", "B09"]),
    (
        "fraud_prevention",
        25,
        [
            "E23 E24 E25 E26",
            "D07 D08",
            "B19 B20 B21 B22 E03 E04 E06 E07 E21 I02 I03 I04 I05 I06 I09 P03",
            "I01 R01 R03",
        ],
    ),
    ("high_risk_regions", 3, ["", "", "C01 C03 C11", ""]),
    ("insider_threat", 6, ["", "", "", "B04 B05 B06 B19 D10 I01"]),
    ("multi_accounting", 10, ["", "D07 D08 I09", "B22 D06", "I04 P03 R01 R02 R03"]),
    ("promo_abuse", 12, ["", "E06", "B12 D06 E03 E04 I02 I05 I06", "I04 P03 R01 R02"]),
];
