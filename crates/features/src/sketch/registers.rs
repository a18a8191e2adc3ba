//! The registers of `HyperLogLog`: of the hashes that fall on each, the longest run of zeros.

/// Hash bits that choose a register: 2,048 registers are 2.3 % off (standard error).
const INDEX_BITS: u32 = 11;
const REGISTERS: usize = 1 << INDEX_BITS;
/// Longest run that a hash can show, counted from 1.
const RANK_MAX: usize = 64 - INDEX_BITS as usize + 1;
/// Six bits hold a rank: four registers in three bytes.
const PACKED_BYTES: usize = REGISTERS / 4 * 3;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Registers(Vec<u8>);

impl Default for Registers {
    fn default() -> Self {
        Self(vec![0; REGISTERS])
    }
}

impl Registers {
    pub(super) fn add(&mut self, hash: u64) {
        let index = usize::try_from(hash >> (64 - INDEX_BITS)).unwrap_or_default();
        // The marker bit ends the run where the hash has no more bits.
        let run = ((hash << INDEX_BITS) | (1 << (INDEX_BITS - 1))).leading_zeros() + 1;
        let rank = u8::try_from(run).unwrap_or(u8::MAX);
        self.0[index] = self.0[index].max(rank);
    }

    pub(super) fn merge(&mut self, other: &Self) {
        for (ours, theirs) in self.0.iter_mut().zip(&other.0) {
            *ours = (*ours).max(*theirs);
        }
    }

    /// The estimate of Ertl (2017), which needs no correction at either end.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "an estimate within some percent"
    )]
    pub(super) fn count(&self) -> u64 {
        let mut with_rank = [0_u32; RANK_MAX + 1];
        for rank in &self.0 {
            with_rank[usize::from(*rank)] += 1;
        }
        let all = REGISTERS as f64;
        let mut sum = all * tau(1.0 - f64::from(with_rank[RANK_MAX]) / all);
        for count in with_rank[1..RANK_MAX].iter().rev() {
            sum = 0.5 * (sum + f64::from(*count));
        }
        sum += all * sigma(f64::from(with_rank[0]) / all);
        (all * all / (2.0 * std::f64::consts::LN_2 * sum)).round() as u64
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut packed = Vec::with_capacity(PACKED_BYTES);
        for four in self.0.as_chunks::<4>().0 {
            let bits = four.iter().fold(0_u32, |bits, rank| (bits << 6) | u32::from(*rank));
            packed.extend_from_slice(&bits.to_be_bytes()[1..]);
        }
        packed
    }

    /// `None` when the bytes are no registers.
    pub(super) fn from_bytes(packed: &[u8]) -> Option<Self> {
        if packed.len() != PACKED_BYTES {
            return None;
        }
        let mut ranks = vec![0; REGISTERS];
        let fours = ranks.as_chunks_mut::<4>().0;
        for (four, [high, middle, low]) in fours.iter_mut().zip(packed.as_chunks::<3>().0) {
            let bits = u32::from_be_bytes([0, *high, *middle, *low]);
            *four = [18, 12, 6, 0].map(|shift| ((bits >> shift) & 0x3f) as u8);
        }
        ranks.iter().all(|rank| usize::from(*rank) <= RANK_MAX).then_some(Self(ranks))
    }
}

/// Weight of registers that are still empty, by their share.
fn sigma(mut share: f64) -> f64 {
    if share >= 1.0 {
        return f64::INFINITY;
    }
    let (mut power, mut sum) = (1.0, share);
    loop {
        share *= share;
        let before = sum;
        sum += share * power;
        power += power;
        if sum <= before {
            return sum;
        }
    }
}

/// Weight of registers that are full, by the share of those that are not.
fn tau(mut share: f64) -> f64 {
    if share <= 0.0 || share >= 1.0 {
        return 0.0;
    }
    let (mut power, mut sum) = (1.0, 1.0 - share);
    loop {
        share = share.sqrt();
        let before = sum;
        power *= 0.5;
        sum -= (1.0 - share).powi(2) * power;
        if sum >= before {
            return sum / 3.0;
        }
    }
}
