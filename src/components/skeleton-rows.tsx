const widths = ["bone-a", "bone-b", "bone-c"] as const;

/** Rows in grey while a list loads. `label` is what a screen reader hears. */
export function SkeletonRows({ count, label }: { readonly count: number; readonly label: string }) {
	"use no memo";
	return (
		<div className="skeleton" role="status" aria-label={label}>
			{Array.from({ length: count }, (_, index) => (
				<div className="row" key={`row-${String(index)}`} aria-hidden="true">
					<span className="bone bone-round" />
					<span className="row-text">
						<span className={`bone ${widths[index % 3] ?? "bone-a"}`} />
						<span className="bone" />
					</span>
				</div>
			))}
		</div>
	);
}
