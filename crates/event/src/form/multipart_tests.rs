use super::*;

const TYPE: &str = "multipart/form-data; boundary=xYz";

fn read(body: &str) -> Result<Vec<(String, String)>, MultipartError> {
    fields(TYPE, body.as_bytes())
}

fn pair(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

fn part_of(name: &str, value: &str) -> String {
    format!("--xYz\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
}

#[test]
fn fields_come_in_order_with_every_byte_of_their_values() {
    let body = part_of("url", "/a\r\nb--xYz") + &part_of("payload[0][a]", "") + "--xYz--\r\n";
    assert_eq!(read(&body).unwrap(), [pair("url", "/a\r\nb--xYz"), pair("payload[0][a]", "")]);
    assert_eq!(read("--xYz--").unwrap(), []);
}

#[test]
fn a_preamble_an_epilogue_and_other_headers_are_passed_over() {
    let body = "hello\r\n--xYz  \r\nContent-Type: text/plain\r\ncontent-disposition: form-data; \
                name=url\r\n\r\n/\r\n--xYz--\r\nbye";
    assert_eq!(read(body).unwrap(), [pair("url", "/")]);
}

#[test]
fn files_and_parts_without_a_name_are_left_out() {
    let file = "--xYz\r\nContent-Disposition: form-data; name=f; filename=\"a.txt\"\r\n\r\nx\r\n";
    let body = format!("{file}--xYz\r\n\r\nnameless\r\n{}--xYz--", part_of("url", "/"));
    assert_eq!(read(&body).unwrap(), [pair("url", "/")]);
}

#[test]
fn what_breaks_the_form_is_named_with_its_part() {
    let head = "--xYz\r\nContent-Disposition: form-data; name=a\r\n";
    let cases = [
        ("", MultipartError::NoBoundaryLine(0)),
        ("--other\r\n\r\nx\r\n--other--", MultipartError::NoBoundaryLine(0)),
        ("--xYzz\r\n\r\nx\r\n--xYzz--", MultipartError::NoBoundaryLine(0)),
        (head, MultipartError::EndlessHead(0)),
        (&format!("{head}\r\nvalue"), MultipartError::NotClosed(0)),
        (&(part_of("a", "1") + "--xYz\r\n\r\nx"), MultipartError::NotClosed(1)),
    ];
    for (body, error) in cases {
        assert_eq!(read(body), Err(error), "{body:?}");
    }
    let long = format!("--xYz\r\nX: {}\r\n\r\nx\r\n--xYz--", "y".repeat(HEAD_BYTES_MAX));
    assert_eq!(read(&long), Err(MultipartError::EndlessHead(0)));
}

#[test]
fn a_boundary_must_be_there_and_short() {
    for content_type in ["multipart/form-data", "multipart/form-data; boundary="] {
        assert_eq!(fields(content_type, b"--\r\n"), Err(MultipartError::NoBoundary));
    }
    let long = format!("multipart/form-data; boundary={}", "b".repeat(BOUNDARY_BYTES_MAX + 1));
    assert_eq!(fields(&long, b""), Err(MultipartError::NoBoundary));
    let quoted = "multipart/form-data; boundary=\"x Yz\"";
    assert_eq!(fields(quoted, b"--x Yz--"), Ok(Vec::new()));
}

#[test]
fn reading_stops_one_field_beyond_the_limit() {
    let body = part_of("x", "1").repeat(FORM_FIELDS_MAX + 9) + "--xYz--";
    assert_eq!(read(&body).unwrap().len(), FORM_FIELDS_MAX + 1);
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_read_without_panic(body: Vec<u8>, start in "(\r\n|--xYz|: |;|\"){0,9}") {
        let body = [start.as_bytes(), &body].concat();
        if let Ok(found) = fields(TYPE, &body) {
            proptest::prop_assert!(found.len() <= FORM_FIELDS_MAX + 1);
        }
    }

    #[test]
    fn fields_are_read_as_they_were_written(
        sent in proptest::collection::vec(("[a-zA-Z\\[\\]0-9]{1,9}", "[^x]{0,40}"), 0..9)
    ) {
        let parts: String = sent.iter().map(|(name, value)| part_of(name, value)).collect();
        proptest::prop_assert_eq!(read(&(parts + "--xYz--")).unwrap(), sent);
    }
}
