-- Accounts that were closed leave the live database. Runs every night.

delete from sessions
 where username in (select username from accounts where closed_on is not null);

delete from accounts
 where closed_on < current_date - interval '6 months';
