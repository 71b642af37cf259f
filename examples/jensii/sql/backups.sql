-- The nightly copy, and the end of old copies.

-- policylint: flow nightly from portal to here "Nightly copy of the accounts" {
--   data     account, identity.name, contact, financial.billing
--   purpose  service.operations.hosting
-- }
insert into backup.accounts (copied_on, username, name, email, address, billing)
select current_date, username, name, email, address, billing
  from accounts;

-- The six months start when the row leaves the live database, not when it was copied.
update backup.accounts as copy
   set gone_on = current_date
 where gone_on is null
   and not exists (select 1 from accounts as live where live.username = copy.username);

delete from backup.accounts
 where gone_on < current_date - interval '6 months';
