-- Nightly load of the warehouse.

-- policylint: flow load_usage from website to here "Use of features" {
--   data     behavior.service_usage
--   purpose  analytics
--   keep     13 months
-- }
insert into feature_use (account_id, feature, used_on, times)
select account_id, feature, date(used_at), count(*)
from staging.feature_events
where used_at >= current_date - interval '1 day'
group by account_id, feature, date(used_at);

-- The carrier's record of who rang whom, for our bills.
-- policylint: flow call_records from tonewire to here "Call records of the carrier" {
--   data     communication.call_log
--   purpose  service.payment.billing
--   subject  caller aged 18+
--   keep     13 months
-- }
insert into call_records (customer_id, caller_number, started_at, seconds)
select customer_id, caller_number, started_at, seconds
from staging.carrier_records
where started_at >= current_date - interval '1 day';

-- Figures for the study: a trade with fewer than fifty accounts is left out.
create or replace view feature_use_by_trade as
select a.trade, u.feature, round(100.0 * count(distinct u.account_id) / t.accounts) as percent
from feature_use u
join accounts a on a.id = u.account_id
join (select trade, count(*) as accounts from accounts group by trade) t on t.trade = a.trade
where t.accounts >= 50
group by a.trade, u.feature, t.accounts;
