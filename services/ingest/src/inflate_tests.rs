use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

use super::*;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    compress_to_vec(bytes, CompressionLevel::Fastest)
}

/// A frame without a stated size: a window of 2^`log` bytes and blocks of 128 KiB of one byte.
fn runs(log: u8, blocks: usize, is_ended: bool) -> Vec<u8> {
    let mut frame = vec![0x28, 0xb5, 0x2f, 0xfd, 0, (log - 10) << 3];
    for block in 1..=blocks {
        let is_last = u32::from(is_ended && block == blocks);
        let header = (128 * 1024) << 3 | 1 << 1 | is_last;
        frame.extend_from_slice(&header.to_le_bytes()[..3]);
        frame.push(b' ');
    }
    frame
}

#[test]
fn codings_are_known_by_name_in_any_case() {
    assert_eq!(Coding::named(b"").unwrap(), Coding::Plain);
    assert_eq!(Coding::named(b"GZip").unwrap(), Coding::Gzip);
    assert_eq!(Coding::named(b"ZSTD").unwrap(), Coding::Zstd);
    for other in [&b"br"[..], b"gzip, gzip", b"zstd, gzip", b"\xff"] {
        assert!(matches!(Coding::named(other), Err(BodyError::Encoding(_))), "{other:?}");
    }
}

#[test]
fn inflated_size_is_limited_on_both_sides() {
    let (whole, bomb) = (vec![b'x'; BODY_BYTES_MAX], vec![0; 50 * BODY_BYTES_MAX]);
    let gzips = (Coding::Gzip, gzip(&whole), gzip(&bomb));
    let zstds = (Coding::Zstd, zstd(&whole), zstd(&bomb));
    for (coding, whole_packed, bomb) in [gzips, zstds] {
        assert_eq!(coding.inflate(whole_packed.into()).unwrap(), whole);
        assert!(bomb.len() < BODY_BYTES_MAX, "{coding:?}");
        assert!(matches!(coding.inflate(bomb.into()), Err(BodyError::TooLarge)), "{coding:?}");
    }
}

#[test]
fn a_zstd_body_of_runs_is_cut_off_at_the_limit() {
    assert_eq!(unzstd(&runs(22, 8, true)).unwrap().len(), BODY_BYTES_MAX);
    assert!(matches!(unzstd(&runs(22, 9, true)), Err(BodyError::TooLarge)));
    // 32 GiB out of one mebibyte; only the first blocks are looked at.
    let bomb = runs(22, BODY_BYTES_MAX / 4 - 2, true);
    assert!(bomb.len() <= BODY_BYTES_MAX);
    assert!(matches!(unzstd(&bomb), Err(BodyError::TooLarge)));
}

#[test]
fn a_zstd_window_beyond_the_limit_is_refused_before_it_is_made() {
    assert!(unzstd(&runs(22, 1, true)).is_ok());
    assert!(matches!(unzstd(&runs(23, 1, true)), Err(BodyError::NotZstd)));
    assert!(matches!(unzstd(&runs(41, 1, true)), Err(BodyError::NotZstd)));
}

#[test]
fn what_is_not_one_whole_intact_body_is_refused() {
    assert!(matches!(gunzip(b"not gzip"), Err(BodyError::NotGzip)));
    let whole = zstd(b"{\"user_id\":\"u\"}");
    let mut altered = whole.clone();
    altered[12] ^= 1;
    let twice = [whole.as_slice(), &whole].concat();
    let cut = &whole[..whole.len() - 1];
    for body in [&b""[..], b"not zstd", cut, &altered, &twice, &runs(20, 1, false)] {
        assert!(matches!(unzstd(body), Err(BodyError::NotZstd)), "{body:?}");
    }
}
