-- Shows where the orders stand that the undecided events are about.
select id, status, version from orders where id = any (cast(:?undecided_orderId as uuid[]))
