// Prints the rows of a Parquet file and the types of its columns, as hyparquet reads them.
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';

const file = await asyncBufferFromFile(process.argv[2]);
const metadata = await parquetMetadataAsync(file);
const rows = await parquetReadObjects({ file, metadata });
const types = Object.fromEntries(metadata.schema.slice(1).map(column => [column.name, column.converted_type ?? column.type]));
console.log(JSON.stringify({ types, rows }, (_, value) => typeof value === 'bigint' ? Number(value) : value));
