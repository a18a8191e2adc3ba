use innerwall_event::stable_hash64;
use proptest::collection::vec;
use proptest::prelude::*;

use super::*;

fn of(members: impl IntoIterator<Item = u32>) -> Sketch {
    let mut sketch = Sketch::default();
    for member in members {
        sketch.add(stable_hash64(&[&member.to_le_bytes()]));
    }
    sketch
}

fn merged(one: &Sketch, other: &Sketch) -> Sketch {
    let mut sum = one.clone();
    sum.merge(other);
    sum
}

#[test]
fn the_count_is_exact_up_to_the_limit_and_near_beyond_it() {
    let limit = u32::try_from(EXACT_MAX).unwrap();
    for members in [0, 1, limit - 1, limit] {
        let sketch = of(0..members);
        assert_eq!((sketch.count(), sketch.is_exact()), (members.into(), true));
    }
    for members in [limit + 1, 1_000, 5_000, 10_000, 100_000, 400_000] {
        let sketch = of(0..members);
        let off =
            (f64::from(u32::try_from(sketch.count()).unwrap()) / f64::from(members) - 1.0).abs();
        assert!(!sketch.is_exact() && off < 0.07, "{members} members are counted {off:.3} off");
    }
}

#[test]
fn the_error_over_many_sets_is_the_stated_one() {
    let sets = 60;
    let mut squares = 0.0;
    for set in 0..sets {
        let sketch = of((0..3_000).map(|member| set * 100_000 + member));
        squares += (f64::from(u32::try_from(sketch.count()).unwrap()) / 3_000.0 - 1.0).powi(2);
    }
    let standard_error = (squares / f64::from(sets)).sqrt();
    assert!(standard_error < 0.03, "{standard_error}");
}

#[test]
fn what_is_no_sketch_is_refused() {
    let exact = of(0..3).to_bytes();
    let approximate = of(0..1_000).to_bytes();
    let too_many = [vec![EXACT], vec![0; (EXACT_MAX + 1) * HASH_BYTES]].concat();
    for bytes in [&exact[..exact.len() - 1], &approximate[1..], &[9], &too_many] {
        assert_eq!(Sketch::from_bytes(bytes), Err(SketchError::Form { found: bytes.len() }));
    }
    assert_eq!(Sketch::from_bytes(&[]), Ok(Sketch::default()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn merging_knows_no_order_and_no_grouping(
        one in vec(0..2_000_u32, 0..400), two in vec(0..2_000_u32, 0..400), three in vec(0..2_000_u32, 0..400)
    ) {
        let whole = of(one.iter().chain(&two).chain(&three).copied());
        let (one, two, three) = (of(one), of(two), of(three));
        prop_assert_eq!(merged(&one, &two), merged(&two, &one));
        prop_assert_eq!(merged(&merged(&one, &two), &three), merged(&one, &merged(&two, &three)));
        prop_assert_eq!(&merged(&merged(&three, &one), &two), &whole);
        prop_assert_eq!(&merged(&whole, &whole), &whole);
    }

    #[test]
    fn bytes_give_the_sketch_back(members in vec(any::<u32>(), 0..600)) {
        let sketch = of(members);
        prop_assert_eq!(Sketch::from_bytes(&sketch.to_bytes()), Ok(sketch));
    }

    #[test]
    fn no_bytes_make_reading_panic(bytes in vec(any::<u8>(), 0..2_000)) {
        if let Ok(sketch) = Sketch::from_bytes(&bytes) {
            sketch.count();
        }
    }
}
