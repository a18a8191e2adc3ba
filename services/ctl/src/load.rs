//! `load`: realistic traffic, for demonstrations and measurements.
#![allow(dead_code, unused)]
mod attack;
mod contact;
mod crowd;
mod dice;
mod pattern;
mod person;
mod places;
mod session;
mod shop;
mod step;
mod traffic;
mod visit;
pub fn dump() {
  let mut t = traffic::Traffic::of_share(1, 5000, crowd::Share{index:0,count:1});
  let n: i64 = std::env::args().nth(1).unwrap().parse().unwrap();
  let start = std::time::Instant::now();
  let mut bytes=0; let mut m=std::collections::BTreeMap::new();
  let show = std::env::args().nth(2).is_some();
  for i in 0..n { let mut s=String::new(); let e=t.next(1_795_348_800_000_000+i*50_000,&mut s); bytes+=s.len(); *m.entry(e.pattern).or_insert(0)+=1; if show && i>n-40 { println!("{s}"); } }
  println!("{:?} per event, {} bytes {m:?}", start.elapsed()/u32::try_from(n).unwrap(), bytes as i64/n);
}
