/** A number on a coloured ground; beyond 99 it says 99+. The meaning in words stands beside it for screen readers. */
export function CountBadge({ count }: { readonly count: number }) {
	"use no memo";
	if (count <= 0) return null;
	return (
		<span className="count" aria-hidden="true">
			{count > 99 ? "99+" : count}
		</span>
	);
}
