import "../../shared/text/en/console.ts";
import { text } from "../../shared/text/text.ts";
import type { ShownBar, ShownChart } from "./shown-result.ts";

const size = { height: 64, step: 20, bar: 14 };

/** Days as bars, with the numbers beside them for whoever wants or needs them. */
export function ChartView({ chart }: { readonly chart: ShownChart }) {
	return (
		<figure className="console-chart">
			<figcaption>
				<b>{chart.title}</b>
				<span>{chart.none ?? chart.lead}</span>
			</figcaption>
			{chart.none === undefined && (chart.chart === "queue" ? <Bars bars={chart.points} /> : <Days chart={chart} />)}
		</figure>
	);
}

function Days({ chart: { chart, points } }: { readonly chart: ShownChart }) {
	const width = points.length * size.step;
	const most = points.find(({ share }) => share === 1);
	return (
		<>
			<svg viewBox={`0 0 ${width} ${size.height}`} preserveAspectRatio="none" aria-hidden="true">
				{points.map(({ label, words, share }, index) => {
					// A day with a single message among thousands is still seen.
					const height = share === 0 ? 1 : Math.max(3, share * size.height);
					const x = index * size.step + (size.step - size.bar) / 2;
					return (
						<rect key={label} x={x} y={size.height - height} width={size.bar} height={height} rx="2">
							<title>{`${label}: ${words}`}</title>
						</rect>
					);
				})}
			</svg>
			<p className="console-axis" aria-hidden="true">
				<span>{points[0]?.label}</span>
				{chart === "messages" && most !== undefined && <span>{text("chart.most", { count: most.words })}</span>}
				<span>{points.at(-1)?.label}</span>
			</p>
			<details className="console-numbers">
				<summary>{text("chart.numbers")}</summary>
				<table>
					<thead>
						<tr>
							<th scope="col">{text("chart.day")}</th>
							<th scope="col">{text("chart.count")}</th>
						</tr>
					</thead>
					<tbody>
						{points.map(({ label, words }) => (
							<tr key={label}>
								<th scope="row">{label}</th>
								<td>{words}</td>
							</tr>
						))}
					</tbody>
				</table>
			</details>
		</>
	);
}

/** Things of different sizes, under each other: the number stands beside each bar. */
export function Bars({ bars }: { readonly bars: readonly (Omit<ShownBar, "detail"> & Partial<ShownBar>)[] }) {
	return (
		<ul className="console-bars">
			{bars.map(({ label, words, share, detail }) => (
				<li key={label}>
					<span>
						{label}
						{detail !== undefined && <small>{detail}</small>}
					</span>
					<b>{words}</b>
					<svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
						<rect className="is-track" width="100" height="4" rx="2" />
						<rect width={Math.max(share === 0 ? 0 : 1, share * 100)} height="4" rx="2" />
					</svg>
				</li>
			))}
		</ul>
	);
}
