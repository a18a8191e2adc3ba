//! The smallest databases that say something, for tests.

/// What a field of an entry holds.
pub(crate) enum Field {
    Text(&'static str),
    Short(u16),
    Number(u32),
    Long(u64),
    NoTexts,
    Degrees(f64),
    Float(f32),
    Map(Vec<(&'static str, Field)>),
}

/// A database of IPv4 in which one /8 has an entry and all else has none.
pub(crate) fn database(first_octet: u8, entry: Vec<(&'static str, Field)>) -> Vec<u8> {
    const NODES: u32 = 8;
    const NOTHING: u32 = NODES;
    // Data begins after the tree and 16 bytes of zeros, which pointers count as well.
    const DATA: u32 = NODES + 16;
    let mut bytes = Vec::new();
    for depth in 0..NODES {
        let next = if depth + 1 == NODES { DATA } else { depth + 1 };
        let is_right = first_octet & (0x80 >> depth) != 0;
        let sides = if is_right { [NOTHING, next] } else { [next, NOTHING] };
        for side in sides {
            bytes.extend(&side.to_be_bytes()[1..]);
        }
    }
    bytes.extend([0; 16]);
    write(&mut bytes, &Field::Map(entry));
    bytes.extend(b"\xab\xcd\xefMaxMind.com");
    let metadata = vec![
        ("binary_format_major_version", Field::Short(2)),
        ("binary_format_minor_version", Field::Short(0)),
        ("build_epoch", Field::Long(1_780_000_000)),
        ("database_type", Field::Text("Sample")),
        ("description", Field::Map(Vec::new())),
        ("ip_version", Field::Short(4)),
        ("languages", Field::NoTexts),
        ("node_count", Field::Number(NODES)),
        ("record_size", Field::Short(24)),
    ];
    write(&mut bytes, &Field::Map(metadata));
    bytes
}

fn write(bytes: &mut Vec<u8>, field: &Field) {
    let small = |length: usize| u8::try_from(length).unwrap();
    match field {
        // Lengths from 29 on would need another byte.
        Field::Text(text) => {
            assert!(text.len() < 285);
            if text.len() < 29 {
                bytes.push(0x40 | small(text.len()));
            } else {
                bytes.extend([0x5d, small(text.len() - 29)]);
            }
            bytes.extend(text.as_bytes());
        }
        Field::Short(number) => {
            bytes.push(0xa2);
            bytes.extend(number.to_be_bytes());
        }
        Field::Long(number) => {
            bytes.extend([0x08, 0x02]);
            bytes.extend(number.to_be_bytes());
        }
        Field::NoTexts => bytes.extend([0x00, 0x04]),
        Field::Number(number) => {
            bytes.push(0xc4);
            bytes.extend(number.to_be_bytes());
        }
        Field::Degrees(degrees) => {
            bytes.push(0x68);
            bytes.extend(degrees.to_be_bytes());
        }
        Field::Float(degrees) => {
            bytes.extend([0x04, 0x08]);
            bytes.extend(degrees.to_be_bytes());
        }
        Field::Map(fields) => {
            bytes.push(0xe0 | small(fields.len()));
            for (name, value) in fields {
                write(bytes, &Field::Text(name));
                write(bytes, value);
            }
        }
    }
}
