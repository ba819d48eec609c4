import { dateText } from "../../shared/text/dates.ts";
import { bytesText, countText, utcDayText } from "../../shared/text/figures.ts";
import { text } from "../../shared/text/text.ts";
import type { WireStatistics } from "../../shared/wire/admin-calls.ts";
import { AdminPageView, LoadingView, type LoadState } from "./admin-page-view.tsx";

export interface OverviewProps {
	readonly state: LoadState;
	readonly figures: WireStatistics | undefined;
}

/** How the server is doing, in figures. */
export function OverviewView({ state, figures }: OverviewProps) {
	return (
		<AdminPageView title={text("admin.overview")}>
			<LoadingView state={state} />
			{figures !== undefined && (
				<>
					<Tiles {...figures} />
					<Chart days={figures.messagesByDay} />
					<Unreadable of={figures.unreadable} />
					<Software {...figures} />
				</>
			)}
		</AdminPageView>
	);
}

function Tiles(of: WireStatistics) {
	const tiles = [
		{ name: text("figures.people"), value: of.people, hint: text("figures.peopleHint", { count: of.activePeople }) },
		{
			name: text("figures.online"),
			value: of.connectedPeople,
			hint: text("figures.onlineHint", { count: of.connectedDevices }),
		},
		{ name: text("figures.messages"), value: of.messages, hint: text("figures.messagesHint") },
		{ name: text("figures.rooms"), value: of.rooms, hint: text("figures.roomsHint") },
		{
			name: text("figures.sessions"),
			value: of.sessions,
			hint: text("figures.sessionsHint", { count: of.disabledPeople }),
		},
	];
	return (
		<dl className="tiles">
			{tiles.map(({ name, value, hint }) => (
				<Tile key={name} name={name} value={countText(value)} hint={hint} />
			))}
			<Tile name={text("figures.database")} value={bytesText(of.databaseBytes)} hint={text("figures.databaseHint")} />
		</dl>
	);
}

interface TileProps {
	readonly name: string;
	readonly value: string;
	readonly hint: string;
}

function Tile({ name, value, hint }: TileProps) {
	return (
		<div className="card tile">
			<dt>{name}</dt>
			<dd>
				<b>{value}</b>
				<small>{hint}</small>
			</dd>
		</div>
	);
}

const chart = { height: 96, step: 20, bar: 14 };

function Chart({ days }: { readonly days: WireStatistics["messagesByDay"] }) {
	const most = Math.max(...days.map(({ count }) => count), 0);
	if (days.length === 0) return null;
	const width = days.length * chart.step;
	const words = days.map(({ day, count }) => text("figures.chartDay", { day: utcDayText(day).date, count }));
	return (
		<section className="card chart" aria-labelledby="chart-title">
			<div className="chart-head">
				<h2 id="chart-title">{text("figures.chart")}</h2>
				<p>{text("figures.chartSpan", { count: days.length })}</p>
			</div>
			{most === 0 ? (
				<p className="chart-none">{text("figures.chartNone")}</p>
			) : (
				<>
					<p className="chart-most">{countText(most)}</p>
					<svg
						viewBox={`0 0 ${width} ${chart.height}`}
						preserveAspectRatio="none"
						role="img"
						aria-label={text("figures.chartLabel", { days: words.join(", ") })}
					>
						{days.map(({ day, count }, index) => {
							// A day with a single message among thousands is still seen.
							const height = count === 0 ? 1 : Math.max(3, (count / most) * chart.height);
							const x = index * chart.step + (chart.step - chart.bar) / 2;
							return (
								<rect key={day} x={x} y={chart.height - height} width={chart.bar} height={height} rx="2">
									<title>{words[index]}</title>
								</rect>
							);
						})}
					</svg>
					<ul className="chart-days" aria-hidden="true">
						{days.map(({ day }) => (
							<li key={day}>{utcDayText(day).letter}</li>
						))}
					</ul>
				</>
			)}
		</section>
	);
}

function Unreadable({ of: counts }: { readonly of: WireStatistics["unreadable"] }) {
	return (
		<section className="card facts" aria-labelledby="unreadable-title">
			<h2 id="unreadable-title">{text("figures.unreadable")}</h2>
			<p>{text(counts.length === 0 ? "figures.unreadableNone" : "figures.unreadableHint")}</p>
			{counts.length > 0 && (
				<dl>
					{counts.map(({ reason, count }) => (
						<div key={reason}>
							<dt>{text(`unreadable.${reason}`)}</dt>
							<dd>{countText(count)}</dd>
						</div>
					))}
				</dl>
			)}
		</section>
	);
}

function Software(of: WireStatistics) {
	const facts = [
		[text("figures.kith"), of.kithVersion],
		[text("figures.node"), of.nodeVersion],
		[text("figures.postgres"), of.postgresVersion],
		[text("figures.roomVersion"), of.roomVersion],
		[text("figures.memory"), bytesText(of.memoryBytes)],
		[text("figures.started"), dateText(of.startedAt)],
	] as const;
	return (
		<section className="card facts" aria-labelledby="software-title">
			<h2 id="software-title">{text("figures.software")}</h2>
			<dl>
				{facts.map(([name, value]) => (
					<div key={name}>
						<dt>{name}</dt>
						<dd>{value}</dd>
					</div>
				))}
			</dl>
		</section>
	);
}
