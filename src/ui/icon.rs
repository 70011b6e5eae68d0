//! The drawn signs of the window: icons and the mark.
//!
//! Belongs here: [`Icon`], the embedded files, and [`view`], which draws one in the colour of the text around it.
//! Drawings of feet and curves do not.

use iced::advanced::svg::{Handle, Renderer as _, Svg};
use iced::advanced::widget::{Tree, Widget};
use iced::advanced::{Layout, layout, mouse, renderer};
use iced::{Color, Length, Rectangle, Renderer, Size};

use crate::mode::Mode;
use crate::ui::theme::{Element, Theme};

macro_rules! icons {
    ($($name:ident = $file:literal,)*) => {
        /// An icon: 24 × 24 units, stroked, from Lucide unless the licence beside the files says otherwise.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[expect(missing_docs, reason = "the names are those of the files")]
        pub enum Icon {
            $($name,)*
        }

        impl Icon {
            /// All icons.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            const fn source(self) -> &'static str {
                match self {
                    $(Self::$name => include_str!(concat!("../../assets/icons/", $file, ".svg")),)*
                }
            }
        }
    };
}

icons! {
    Activity = "activity",
    Air = "air",
    ArrowDown = "arrow-down",
    ArrowLeft = "arrow-left",
    ArrowRight = "arrow-right",
    ArrowUp = "arrow-up",
    BadgeCheck = "badge-check",
    Ban = "ban",
    BatteryFull = "battery-full",
    BatteryLow = "battery-low",
    BatteryMedium = "battery-medium",
    Bluetooth = "bluetooth",
    BluetoothConnected = "bluetooth-connected",
    BluetoothOff = "bluetooth-off",
    BluetoothSearching = "bluetooth-searching",
    Check = "check",
    ChevronDown = "chevron-down",
    ChevronRight = "chevron-right",
    CircleAlert = "circle-alert",
    CircleCheck = "circle-check",
    CircleDot = "circle-dot",
    ClipboardPaste = "clipboard-paste",
    Clock = "clock",
    Copy = "copy",
    Cpu = "cpu",
    Ellipsis = "ellipsis",
    Eraser = "eraser",
    Export = "export",
    Eye = "eye",
    FileWarning = "file-warning",
    FileX = "file-x",
    Flag = "flag",
    FlaskConical = "flask-conical",
    FolderOpen = "folder-open",
    Footprints = "footprints",
    Hand = "hand",
    HandHeart = "hand-heart",
    Heat = "heat",
    Help = "help",
    Import = "import",
    Info = "info",
    Link2 = "link-2",
    Link2Off = "link-2-off",
    ListMusic = "list-music",
    Magnet = "magnet",
    Maximize2 = "maximize-2",
    MessageSquare = "message-square",
    Minus = "minus",
    Moon = "moon",
    MousePointer2 = "mouse-pointer-2",
    Pause = "pause",
    PenLine = "pen-line",
    Pencil = "pencil",
    Play = "play",
    Plus = "plus",
    Redo2 = "redo-2",
    RefreshCw = "refresh-cw",
    Repeat = "repeat",
    Roller = "roller",
    Save = "save",
    Scissors = "scissors",
    Search = "search",
    Settings = "settings",
    ShieldCheck = "shield-check",
    SkipForward = "skip-forward",
    SlidersHorizontal = "sliders-horizontal",
    Spline = "spline",
    Square = "square",
    Star = "star",
    StarFull = "star-full",
    Sunrise = "sunrise",
    Timer = "timer",
    Trash2 = "trash-2",
    TriangleAlert = "triangle-alert",
    Undo2 = "undo-2",
    UserRound = "user-round",
    Users = "users",
    Vibration = "vibration",
    X = "x",
    ZoomIn = "zoom-in",
    ZoomOut = "zoom-out",
}

impl From<Mode> for Icon {
    fn from(mode: Mode) -> Self {
        match mode {
            Mode::Roller => Self::Roller,
            Mode::Vibration => Self::Vibration,
            Mode::AirPressure => Self::Air,
            Mode::Heat => Self::Heat,
        }
    }
}

impl Icon {
    /// The picture to draw at a size in pixels. Small ones have a heavier stroke, so that they stay as dark as the text.
    pub fn handle(self, size: f32) -> Handle {
        if size <= 16.0 {
            Handle::from_memory(self.source().replacen("1.75", "2", 1).into_bytes())
        } else {
            Handle::from_memory(self.source().as_bytes())
        }
    }
}

const MARK: &[u8] = include_bytes!("../../assets/mark.svg");

/// An icon of a size in pixels, in the colour of the text around it unless told otherwise.
pub fn view(icon: Icon, size: f32) -> Sign {
    Sign { handle: icon.handle(size), size, color: None }
}

/// The mark of Svang, the arch of a foot drawn in one line, in the accent colour.
pub fn mark(size: f32) -> Sign {
    Sign { handle: Handle::from_memory(MARK), size, color: Some(|theme| theme.accent) }
}

/// The icon of a mode, in the mode's colour.
pub fn mode(mode: Mode, size: f32) -> Sign {
    let color: fn(&Theme) -> Color = match mode {
        Mode::Roller => |theme| theme.roller,
        Mode::Vibration => |theme| theme.vibration,
        Mode::AirPressure => |theme| theme.air,
        Mode::Heat => |theme| theme.heat,
    };
    view(Icon::from(mode), size).color(color)
}

/// A drawn sign.
pub struct Sign {
    handle: Handle,
    size: f32,
    color: Option<fn(&Theme) -> Color>,
}

impl Sign {
    /// Draws it in a colour of the theme.
    pub fn color(self, color: fn(&Theme) -> Color) -> Self {
        Self { color: Some(color), ..self }
    }
}

impl<Message> Widget<Message, Theme, Renderer> for Sign {
    fn size(&self) -> Size<Length> {
        Size::new(Length::Fixed(self.size), Length::Fixed(self.size))
    }

    fn layout(&mut self, _: &mut Tree, _: &Renderer, limits: &layout::Limits) -> layout::Node {
        layout::atomic(limits, self.size, self.size)
    }

    fn draw(
        &self,
        _: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        style: &renderer::Style,
        layout: Layout<'_>,
        _: mouse::Cursor,
        _: &Rectangle,
    ) {
        let color = self.color.map_or(style.text_color, |color| color(theme));
        let bounds = layout.bounds();
        renderer.draw_svg(Svg::new(self.handle.clone()).color(color), bounds, bounds);
    }
}

impl<'a, Message: 'a> From<Sign> for Element<'a, Message> {
    fn from(sign: Sign) -> Self {
        Self::new(sign)
    }
}
