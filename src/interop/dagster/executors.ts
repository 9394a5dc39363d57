// The executors that an export can choose: what Python needs for each, and what the README says of it.

import { Name, type Python } from './python.ts';

export type ExecutorName = 'in-process' | 'multiprocess' | 'celery' | 'dask' | 'kubernetes';

export const executorNames: readonly ExecutorName[] = [
  'in-process',
  'multiprocess',
  'celery',
  'dask',
  'kubernetes',
];

interface ExecutorFacts {
  readonly module?: string;
  /** On the package index. */
  readonly package?: string;
  /** Lines of `definitions.py` that `code` needs, with the module that they import. */
  readonly setup?: { readonly imports: string; readonly text: string; readonly names: readonly string[] };
  readonly code: Python;
  /** Markdown. */
  readonly needs: string;
}

const shared = `Every worker needs this package with what it depends on, Node 20.19 or newer, the environment variables that resources
name, and in reach of all:

- \`HEADWATER_STORAGE\`, an address for values: a folder that all see, or one like \`s3://bucket/path\`.
- \`DAGSTER_HOME\`, the same Dagster instance for all. On one machine a folder does; on several its \`dagster.yaml\` names a
  database such as Postgres.`;

export const executors: Readonly<Record<ExecutorName, ExecutorFacts>> = {
  'in-process': {
    code: new Name('dg.in_process_executor'),
    needs: 'Steps run one after another in one process.',
  },
  multiprocess: {
    code: new Name('dg.multiprocess_executor'),
    needs: 'Each step runs in a process of its own, as many at a time as there are cores.',
  },
  celery: {
    module: 'dagster_celery',
    package: 'dagster-celery',
    code: new Name('dagster_celery.celery_executor'),
    needs: `Steps run on Celery workers, with a broker between: RabbitMQ on this machine, or what \`CELERY_BROKER_URL\` names. For
Redis, \`pip install redis\`, then for each worker and for Dagster itself:

    export CELERY_BROKER_URL=redis://localhost:6379/0
    dagster-celery worker start -A dagster_celery.app

Start the first worker alone: it prepares a new instance.

${shared}`,
  },
  dask: {
    module: 'dagster_dask',
    package: 'dagster-dask',
    setup: {
      imports: 'os',
      text: `# Without an address, Dask starts a cluster on this machine for each run.
address = os.environ.get("DASK_SCHEDULER_ADDRESS")
cluster = {"existing": {"address": address}} if address else {"local": {}}
`,
      names: ['os', 'address', 'cluster'],
    },
    code: new Name('dagster_dask.dask_executor.configured({"cluster": cluster})'),
    needs: `Steps run on the Dask cluster whose scheduler \`DASK_SCHEDULER_ADDRESS\` names, or on one that is started on this machine for
each run:

    dask scheduler
    dask worker tcp://scheduler:8786 --nthreads 1
    export DASK_SCHEDULER_ADDRESS=tcp://scheduler:8786

${shared}`,
  },
  kubernetes: {
    module: 'dagster_k8s',
    package: 'dagster-k8s',
    code: new Name('dagster_k8s.k8s_job_executor'),
    needs: `Each step is a Kubernetes job. Deploy with Dagster's Helm chart: steps take the image of the run, which has to hold this
package and Node.

${shared}`,
  },
};
