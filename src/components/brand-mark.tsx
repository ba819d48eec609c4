/** The two speech bubbles of Kith. */
export function BrandMark({ size = 28 }: { readonly size?: number }) {
	"use no memo";
	return (
		<svg className="mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
			<path
				fill="currentColor"
				opacity=".38"
				d="M12.5 4a9.5 9.5 0 0 0-8.1 14.5L3.2 23c-.2.8.5 1.5 1.3 1.3l4.3-1.1A9.5 9.5 0 0 0 22 13.5 9.5 9.5 0 0 0 12.5 4Z"
			/>
			<path
				fill="currentColor"
				d="M19.5 9a9.5 9.5 0 1 0 3.9 18.2l4.1 1c.8.2 1.5-.5 1.3-1.3l-1.1-4.1A9.5 9.5 0 0 0 19.5 9Z"
			/>
		</svg>
	);
}
