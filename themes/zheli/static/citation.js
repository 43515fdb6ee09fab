// SPDX-License-Identifier: MIT
// The day on which a page is cited is the reader's own: filled in here, and left in words
// where no scripts run.
const day = new Date();
const two = (number) => String(number).padStart(2, '0');
const today = `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
for (const text of document.querySelectorAll('[data-accessed]'))
	text.textContent = text.textContent.replace(
		`[${text.dataset.accessed}]`, `[${today}]`);
