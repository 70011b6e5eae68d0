//! The sole of a foot from below, or a calf from behind, with the place that a step is about.
//!
//! Belongs here: the drawing, of a profile's [`Spot`]. What is said beside it is `words`.

use iced::widget::canvas::{Frame, LineCap, LineJoin, Path, Stroke};
use iced::{Point, Size, Vector};

use crate::mode::Foot;
use crate::profile::{Part, Spot};
use crate::ui::theme::{Element, Theme};
use crate::ui::widget::still::still;

/// A closed line of cubic curves: two control points and an end each. A left foot, in a field of [`FIELD`].
struct Outline {
    start: [f32; 2],
    curves: &'static [[f32; 6]],
}

/// The field in which the outlines stand.
const FIELD: Size = Size::new(224.0, 440.0);

const SOLE: Outline = Outline {
    start: [97.0, 428.0],
    curves: &[
        [66.0, 430.0, 51.0, 404.0, 52.0, 371.0],
        [53.0, 344.0, 70.0, 322.0, 74.0, 290.0],
        [77.0, 262.0, 68.0, 238.0, 55.0, 212.0],
        [43.0, 188.0, 36.0, 165.0, 39.0, 144.0],
        [42.0, 121.0, 60.0, 108.0, 84.0, 105.0],
        [104.0, 102.0, 122.0, 108.0, 141.0, 117.0],
        [160.0, 126.0, 175.0, 142.0, 178.0, 166.0],
        [182.0, 200.0, 171.0, 232.0, 165.0, 264.0],
        [158.0, 302.0, 153.0, 332.0, 149.0, 368.0],
        [145.0, 404.0, 128.0, 427.0, 97.0, 428.0],
    ],
};

const TOES: [Outline; 5] = [
    Outline {
        start: [66.0, 98.0],
        curves: &[
            [50.0, 99.0, 41.0, 84.0, 42.0, 64.0],
            [43.0, 44.0, 53.0, 30.0, 67.0, 30.0],
            [82.0, 30.0, 90.0, 45.0, 89.0, 65.0],
            [88.0, 84.0, 82.0, 97.0, 66.0, 98.0],
        ],
    },
    Outline {
        start: [106.0, 92.0],
        curves: &[
            [95.0, 91.0, 91.0, 79.0, 93.0, 66.0],
            [95.0, 54.0, 102.0, 46.0, 110.0, 47.0],
            [119.0, 48.0, 122.0, 59.0, 120.0, 71.0],
            [118.0, 83.0, 115.0, 92.0, 106.0, 92.0],
        ],
    },
    Outline {
        start: [132.0, 100.0],
        curves: &[
            [122.0, 98.0, 119.0, 87.0, 122.0, 76.0],
            [124.0, 66.0, 131.0, 60.0, 138.0, 61.0],
            [146.0, 63.0, 148.0, 73.0, 146.0, 83.0],
            [143.0, 94.0, 140.0, 101.0, 132.0, 100.0],
        ],
    },
    Outline {
        start: [154.0, 114.0],
        curves: &[
            [145.0, 111.0, 143.0, 101.0, 146.0, 92.0],
            [149.0, 83.0, 156.0, 78.0, 162.0, 80.0],
            [169.0, 83.0, 170.0, 92.0, 167.0, 101.0],
            [164.0, 110.0, 161.0, 116.0, 154.0, 114.0],
        ],
    },
    Outline {
        start: [172.0, 134.0],
        curves: &[
            [164.0, 131.0, 163.0, 122.0, 166.0, 114.0],
            [169.0, 107.0, 175.0, 103.0, 180.0, 105.0],
            [186.0, 108.0, 187.0, 116.0, 184.0, 123.0],
            [181.0, 131.0, 178.0, 136.0, 172.0, 134.0],
        ],
    },
];

/// Where the sole bears the weight.
const PADS: [Outline; 2] = [
    Outline {
        start: [100.0, 412.0],
        curves: &[
            [76.0, 413.0, 66.0, 394.0, 67.0, 371.0],
            [68.0, 351.0, 82.0, 340.0, 101.0, 340.0],
            [120.0, 340.0, 134.0, 352.0, 132.0, 374.0],
            [130.0, 398.0, 120.0, 411.0, 100.0, 412.0],
        ],
    },
    Outline {
        start: [56.0, 158.0],
        curves: &[
            [56.0, 135.0, 76.0, 122.0, 96.0, 123.0],
            [126.0, 125.0, 158.0, 140.0, 161.0, 168.0],
            [163.0, 188.0, 152.0, 202.0, 134.0, 204.0],
            [116.0, 206.0, 100.0, 198.0, 86.0, 196.0],
            [68.0, 193.0, 57.0, 178.0, 56.0, 158.0],
        ],
    },
];

const LEG: Outline = Outline {
    start: [46.0, 0.0],
    curves: &[
        [40.0, 40.0, 34.0, 84.0, 40.0, 132.0],
        [46.0, 180.0, 64.0, 220.0, 72.0, 262.0],
        [76.0, 286.0, 75.0, 302.0, 69.0, 315.0],
        [64.0, 326.0, 65.0, 337.0, 69.0, 346.0],
        [64.0, 360.0, 62.0, 376.0, 68.0, 388.0],
        [74.0, 402.0, 126.0, 402.0, 132.0, 388.0],
        [138.0, 376.0, 136.0, 360.0, 131.0, 346.0],
        [135.0, 337.0, 136.0, 326.0, 131.0, 315.0],
        [125.0, 302.0, 124.0, 286.0, 128.0, 262.0],
        [136.0, 220.0, 154.0, 180.0, 160.0, 132.0],
        [166.0, 84.0, 160.0, 40.0, 154.0, 0.0],
    ],
};

/// A drawing of so many pixels in height.
pub fn sole<'a, Message: 'a>(spot: Spot, height: f32) -> Element<'a, Message> {
    // From below, the big toe of the left foot is at the left; a calf from behind stands on its own side.
    let feet: &[bool] = match spot.foot {
        Foot::Left => &[false],
        Foot::Right => &[true],
        Foot::Both if spot.part == Part::Calf => &[false, true],
        Foot::Both => &[true, false],
    };
    let width = FIELD.width * feet.len() as f32 * height / FIELD.height;
    still(width, height, spot, move |frame, theme, size, spot| {
        let scale = size.height / FIELD.height;
        for (place, mirrored) in feet.iter().enumerate() {
            frame.with_save(|frame| {
                frame.translate(Vector::new(FIELD.width * place as f32 * scale, 0.0));
                frame.scale(scale);
                draw(frame, theme, spot.part, *mirrored);
            });
        }
    })
}

/// One foot or leg, in the units of [`FIELD`].
fn draw(frame: &mut Frame, theme: &Theme, part: Part, mirrored: bool) {
    let x = |x: f32| if mirrored { FIELD.width - x } else { x };
    let path = |outline: &Outline| {
        Path::new(|path| {
            path.move_to(Point::new(x(outline.start[0]), outline.start[1]));
            for &[ax, ay, bx, by, ex, ey] in outline.curves {
                path.bezier_curve_to(Point::new(x(ax), ay), Point::new(x(bx), by), Point::new(x(ex), ey));
            }
        })
    };
    let line = |color, width| Stroke {
        line_join: LineJoin::Round,
        line_cap: LineCap::Round,
        ..Stroke::default().with_color(color).with_width(width)
    };
    let around = if part == Part::Calf { &[LEG][..] } else { &[SOLE][..] };
    let toes = if part == Part::Calf { &[][..] } else { &TOES[..] };
    for outline in around.iter().chain(toes) {
        let path = path(outline);
        frame.fill(&path, theme.skin);
        frame.stroke(&path, line(theme.skin_line, 2.5));
    }
    if part != Part::Calf {
        PADS.iter().for_each(|pad| frame.fill(&path(pad), theme.skin_2));
    }
    let accent = |alpha: f32| theme.accent.scale_alpha(alpha);
    let spots: &[[f32; 2]] = match part {
        Part::Heel => &[[100.0, 374.0]],
        Part::InnerHeel => &[[68.0, 352.0]],
        Part::Arch => &[[92.0, 258.0]],
        Part::Ball => &[[108.0, 164.0]],
        Part::Toes => &[[66.0, 64.0]],
        Part::Calf => &[[100.0, 132.0]],
        Part::Sole => {
            // From the heel to the toes.
            frame.fill(&path(&SOLE), accent(0.14));
            let way = Path::new(|path| {
                path.move_to(Point::new(x(100.0), 374.0));
                path.bezier_curve_to(
                    Point::new(x(104.0), 300.0),
                    Point::new(x(112.0), 240.0),
                    Point::new(x(108.0), 164.0),
                );
            });
            frame.stroke(&way, line(theme.accent, 4.0));
            &[[100.0, 374.0], [108.0, 164.0]]
        }
    };
    for &[at, y] in spots {
        let center = Point::new(x(at), y);
        frame.fill(&Path::circle(center, 46.0), accent(0.12));
        frame.fill(&Path::circle(center, 30.0), accent(0.2));
        frame.stroke(&Path::circle(center, 30.0), line(theme.accent, 3.0));
        frame.fill(&Path::circle(center, 13.0), theme.accent);
    }
}
