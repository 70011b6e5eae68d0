//! Scenes of the first start.

use super::Stage;
use crate::window::Window;

pub async fn first(stage: Stage) -> Window {
    stage.bench.window_alone(true, stage.size).await.0
}
