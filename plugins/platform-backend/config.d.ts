import type { HumanDuration } from '@backstage/types';

export interface Config {
  /** Roadbed. Every key has a default; unknown keys are refused at start. */
  platform?: {
    /** How the clusters of the Kubernetes plugin are collected. */
    collect?: {
      /**
       * The way to the API servers: `direct` with what the module
       * `kubernetes-backend-module-platform` lends, `proxy` through the proxy
       * of the Kubernetes plugin, `auto` directly where clusters are lent.
       * Default auto.
       */
      access?: 'auto' | 'direct' | 'proxy';
      /** Runs at a time in this process, 1 to 64. Default 8. */
      slotsPerReplica?: number;
      /**
       * Runs and sockets at a time per cluster, 1 to 10. Default 2: three big
       * lists at a time are felt by small API servers.
       */
      requestsPerCluster?: number;
      /** How often the Kubernetes plugin is asked for its clusters. Default 1 minute. */
      clusterListInterval?: HumanDuration | string;
      /**
       * How long a cluster that left the list is kept, with its data. Default
       * 24 hours.
       */
      missingClusterGrace?: HumanDuration | string;
      /** How long one run of one collector may take. Default 2 minutes. */
      jobBudget?: HumanDuration | string;
      /**
       * How long a run stays with its process without a sign of life; another
       * one takes it over then. Longer than any pause that a process can have
       * and live on. Default 2 minutes.
       */
      lease?: HumanDuration | string;
      /**
       * Objects that a cluster may list of one kind, and rows that are stored of
       * them, 1,000 to 5,000,000. A list that goes on beyond is ended with an
       * error, and what was stored before stays. Default 500,000.
       */
      maxObjectsPerList?: number;
      /** For a connection to a cluster, TLS included. Default 5 seconds. */
      connectTimeout?: HumanDuration | string;
      /** For the beginning of an answer, and for each pause in it. Default 30 seconds. */
      requestTimeout?: HumanDuration | string;
      /**
       * How often a collector runs per cluster, by its id, such as
       * `pods: 10m`. Default: what the collector says.
       */
      cadence?: { [collector: string]: HumanDuration | string };
      /** Ids of collectors that do not run at all. */
      disabled?: string[];
    };
    /** How the owners of workloads are read from the catalog. */
    catalog?: {
      /**
       * How often the whole catalog is read, to find what no event told of.
       * Default 10 minutes.
       */
      refresh?: HumanDuration | string;
      /**
       * Where resources of the catalog have to come from whose word on clusters
       * counts: locations as in `backstage.io/managed-by-location`, or what they
       * begin with, such as `url:https://github.com/acme/platform`. Permissions
       * go by environment, ring and owner of a cluster, so name the places that
       * only the platform team can write to, unless `fleet.clusters` says all
       * three of every cluster. Default: everywhere.
       */
      clusterLocations?: string[];
    };
    /** How long things are kept. */
    retention?: {
      /** Rows of the ledger. Default 7 days. */
      runs?: HumanDuration | string;
      /** Daily history of version, nodes and workloads. Default 400 days. */
      history?: HumanDuration | string;
      /** Rows of a cluster whose name leads to another one now. Default 30 days. */
      replacedClusters?: HumanDuration | string;
    };
    /** What is known about the clusters beyond what they show. */
    fleet?: {
      /** Attributes of clusters that they do not show themselves. */
      clusters?: Array<{
        /** The name in the configuration of the Kubernetes plugin. */
        name: string;
        /** Such as dev, stage or prod. */
        environment?: string;
        /** The order in which changes reach clusters, such as '1'. */
        ring?: string;
        /** Instead of what the cluster shows, such as EKS. */
        provider?: string;
        /** Instead of what the cluster shows. */
        region?: string;
        /** Entity reference of the owning group. */
        owner?: string;
        /** When changes may be made, in words or as a cron expression. */
        maintenanceWindow?: string;
      }>;
    };
  };
}
