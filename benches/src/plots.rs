//! Bar charts that can be read on a white page and on a dark one.

use std::path::Path;

use plotters::{
    prelude::*,
    style::text_anchor::{HPos, Pos, VPos},
};

use crate::Result;

/// It has the same contrast to white as to the near-black of dark pages.
const INK: RGBColor = RGBColor(0x75, 0x7d, 0x85);
const OURS: RGBColor = RGBColor(0x2f, 0x81, 0xf7);
const PEER: RGBColor = RGBColor(0x9a, 0xa2, 0xaa);

const WIDTH: i32 = 760;
const TOP: i32 = 44;
const ROW: i32 = 30;
/// Where bars begin, and where the longest one ends.
const BARS: (i32, i32) = (190, 660);

/// Draws a bar for each row, with `label` behind it. Rows of this crate have a colour of their own.
pub fn bars(file: &Path, title: &str, rows: &[(&str, f64)], label: impl Fn(f64) -> String) -> Result<()> {
    let height = TOP + ROW * rows.len() as i32 + 8;
    let area = SVGBackend::new(file, (WIDTH as u32, height as u32)).into_drawing_area();
    let text = |size, to| {
        TextStyle::from(("sans-serif", size).into_font()).color(&INK).pos(Pos::new(to, VPos::Center))
    };
    area.draw_text(title, &text(21, HPos::Left), (8, 20))?;
    let longest = rows.iter().map(|(_, value)| *value).fold(f64::MIN_POSITIVE, f64::max);
    for ((name, value), row) in rows.iter().zip(0..) {
        let middle = TOP + ROW * row + ROW / 2;
        let end = BARS.0 + (f64::from(BARS.1 - BARS.0) * value / longest) as i32;
        let colour = if name.starts_with("enablex") { OURS } else { PEER };
        area.draw(&Rectangle::new([(BARS.0, middle - 10), (end, middle + 10)], colour.filled()))?;
        area.draw_text(name, &text(17, HPos::Right), (BARS.0 - 10, middle))?;
        area.draw_text(&label(*value), &text(17, HPos::Left), (end + 8, middle))?;
    }
    Ok(area.present()?)
}
