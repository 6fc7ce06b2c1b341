/** Worker thread entry: reads files into records. */
