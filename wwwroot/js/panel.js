// A dialog of the browser's own: it holds the focus and lies above everything. It goes when the server takes it out of the page.
export function show(dialog) {
  if (!dialog || dialog.open) return;
  const before = document.activeElement;
  dialog.showModal();
  new MutationObserver((_, observer) => {
    if (dialog.isConnected) return;
    observer.disconnect();
    before?.focus?.();
  }).observe(document.body, { childList: true, subtree: true });
}
