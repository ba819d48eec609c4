/** When this browser speaks of the missing recovery key again. Nobody is asked twice a day, nor in their first minutes. */
const key = "kith.recovery-key.remind-at";
const dayMs = 86_400_000;

export function isReminderDue(now: number): boolean {
	const at = Number(localStorage.getItem(key) ?? Number.NaN);
	if (Number.isFinite(at)) return now >= at;
	remindTomorrow(now);
	return false;
}

export function remindTomorrow(now = Date.now()): void {
	localStorage.setItem(key, String(now + dayMs));
}
