/**
 * What else should be known about the support of a version, as a code that the
 * pages put into words.
 *
 * Which calendar was asked, and what it lacks:
 * - `provider_unknown`: nobody says who runs the cluster; Kubernetes' own
 *   calendar is used
 * - `provider_without_calendar`: who runs it has no calendar here; Kubernetes'
 *   own is used
 * - `version_unknown`: the cluster has not said its version
 * - `beyond_horizon`: newer than every version of the calendar
 * - `older_than_calendar`: older than every version of the calendar
 * - `not_in_calendar`: the calendar leaves this version out
 *
 * How sure the dates are:
 * - `planned_release`: the version was only planned when the source was read
 * - `future_dates_are_plans`: the provider calls dates that lie ahead best effort
 * - `months_only`: a source names months; their last day counts
 *
 * What is left, and on which terms:
 * - `critical_fixes_only`: full support has ended
 * - `extended_by_default`: extended support costs more and is on by default
 * - `extended_needs_lts`: extended support is for clusters with long-term support
 * - `extended_needs_channel`: extended support is for the Extended channel
 * - `extended_ends_soon`: extended support is nearly over
 * - `extended_end_unknown`: there is extended support, its end is not known
 * - `extended_ended`: extended support is over, since when is not known
 * - `grace_period`: the provider's days of grace after standard support run
 * - `platform_support`: the provider still supports its platform, not Kubernetes
 *
 * @public
 */
export type SupportNote =
  | 'provider_unknown'
  | 'provider_without_calendar'
  | 'version_unknown'
  | 'beyond_horizon'
  | 'older_than_calendar'
  | 'not_in_calendar'
  | 'planned_release'
  | 'future_dates_are_plans'
  | 'months_only'
  | 'critical_fixes_only'
  | 'extended_by_default'
  | 'extended_needs_lts'
  | 'extended_needs_channel'
  | 'extended_ends_soon'
  | 'extended_end_unknown'
  | 'extended_ended'
  | 'grace_period'
  | 'platform_support';
