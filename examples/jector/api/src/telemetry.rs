//! Usage events: written by the client, counted at Gauge, copied to the warehouse.

use crate::{gauge, store::Store, Result};
use std::time::Duration;

// policylint: flow telemetry from customer to here "Usage events" {
//   data     behavior.service_usage, device.diagnostics
//   purpose  service.operations, improvement.service
//   via      automatic
// }
pub async fn record(store: &Store, events: Vec<Event>) -> Result<()> {
    store.append_events(&events).await?;
    count(&events).await
}

// policylint: flow counters from here to meter "Usage counters" {
//   data     behavior.service_usage
//   purpose  analytics
// }
async fn count(events: &[Event]) -> Result<()> {
    gauge::increment(events.iter().map(|event| event.feature.as_str())).await
}

// policylint: flow usage_copy from here to warehouse "Raw events, nightly" {
//   data     behavior.service_usage, device.diagnostics
//   purpose  analytics.aggregation
//   keep     forever
// }
pub async fn copy_to_warehouse(store: &Store) -> Result<u64> {
    // Nothing removes rows from the other side; the table has no time to live.
    store.copy_events("warehouse.raw_events", Duration::from_secs(24 * 3600)).await
}

// policylint: flow feedback_copy from here to warehouse "Remarks, nightly" {
//   data     content.feedback
//   purpose  improvement.service
// }
pub async fn copy_feedback(store: &Store) -> Result<u64> {
    store.copy_table("feedback", "warehouse.feedback").await
}
