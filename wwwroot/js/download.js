// Lets the browser fetch a file without leaving the page.
export function take(address) {
  const link = document.createElement("a");
  link.href = address;
  link.download = "";
  document.body.append(link);
  link.click();
  link.remove();
}

// Saves what the server streams to this page.
export async function save(name, stream) {
  const address = URL.createObjectURL(new Blob([await stream.arrayBuffer()]));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  URL.revokeObjectURL(address);
}
