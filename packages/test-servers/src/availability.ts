/** Whether a real server can be had on this machine. */
export type Availability =
  | {
      available: true;
      /** What it is, for messages: "a Kubernetes control plane". */
      what: string;
    }
  | {
      available: false;
      what: string;
      /** Why it can not be had. */
      reason: string;
      /** What to do to have it. */
      remedy: string;
    };

/** One line that says what is missing, why, and what to do. */
export function unavailableLine(
  availability: Extract<Availability, { available: false }>,
): string {
  const { what, reason, remedy } = availability;
  return `NO ${what.toUpperCase()}: ${reason}; ${remedy}`;
}
