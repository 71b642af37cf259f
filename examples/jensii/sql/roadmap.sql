-- Groups what callers wish for, so that the product meeting has something to talk about.

create view wishes as
select topic,
       count(*)             as calls,
       min(summary)         as example
  from call_summaries
 where mood in ('wish', 'complaint')
 group by topic
 order by calls desc;
