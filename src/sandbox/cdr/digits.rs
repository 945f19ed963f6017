//! Numbers as ASCII digits. `format!` would take most of the time of a row.

/// Writes a number in base 10 or 16, padded with zeros.
pub(super) fn put<const BASE: u64>(mut number: u64, out: &mut [u8]) {
    for byte in out.iter_mut().rev() {
        *byte = b"0123456789abcdef"[(number % BASE) as usize];
        number /= BASE;
    }
}

/// A decimal with three digits after the point.
pub(super) struct Decimal([u8; 24]);

impl Decimal {
    pub fn new(thousandths: u64) -> Self {
        let mut bytes = [b'.'; 24];
        put::<10>(thousandths / 1000, &mut bytes[..20]);
        put::<10>(thousandths % 1000, &mut bytes[21..]);
        Self(bytes)
    }

    pub fn as_bytes(&self) -> &[u8] {
        let zeros = self.0[..19].iter().take_while(|byte| **byte == b'0').count();
        &self.0[zeros..]
    }
}
