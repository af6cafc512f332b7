"""Many reports of one lesson: every branch, every month.

==============  =================================================================================
`table`         the table of runs as rows of text: CSV, Excel, YAML, or mappings
`splitting`     rows for ``by``: one for each branch of an order file or survey
`checking`      rows into jobs, or all faults at once, before any kernel starts
`inputs`        which parameters name data, and what the data were at that moment
`job`           one run, and the key by which its outcome is known again
`folder`        where outcomes lie, each whole or absent; the lock; what is done already
`performing`    one job from beginning to end, wherever it is performed
`local`         jobs in processes of this machine; `worker` is such a process
`cluster`       the same jobs on a Dask cluster
`summary`       all outcomes in one table and one chart
`running`       the whole of it
==============  =================================================================================
"""
