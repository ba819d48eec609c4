import { Head, Html, Main, NextScript } from "next/document";

export default function Document() {
	return (
		<Html lang="en" dir="ltr">
			<Head>
				<meta name="color-scheme" content="light dark" />
				<meta name="theme-color" media="(prefers-color-scheme: light)" content="#FFFFFF" />
				<meta name="theme-color" media="(prefers-color-scheme: dark)" content="#141B1F" />
				<meta name="referrer" content="no-referrer" />
				{/* Blocks on purpose: the page is not painted in a look that is not the person's. */}
				<script src="/appearance.js" />
				<link rel="icon" href="/icon.svg" type="image/svg+xml" />
			</Head>
			<body>
				<Main />
				<NextScript />
			</body>
		</Html>
	);
}
