// The executors that an export can choose: what Python needs for each, and what the README says of it.

import type { Python } from './python.ts';
import { Name } from './python.ts';

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
  readonly code: Python;
  readonly needs: string;
}

const shared =
  'Every worker needs this package, Node 20.19 or newer, and a `HEADWATER_STORAGE` that all of them reach.';

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
    needs: `Steps run on Celery workers (\`dagster-celery worker start\`), which needs a broker such as Redis or RabbitMQ. ${shared}`,
  },
  dask: {
    module: 'dagster_dask',
    package: 'dagster-dask',
    code: new Name('dagster_dask.dask_executor'),
    needs: `Steps run on a Dask cluster; name it in the run config, or Dask starts one on this machine. ${shared}`,
  },
  kubernetes: {
    module: 'dagster_k8s',
    package: 'dagster-k8s',
    code: new Name('dagster_k8s.k8s_job_executor'),
    needs: `Each step is a Kubernetes job with the image of the code location. ${shared}`,
  },
};
