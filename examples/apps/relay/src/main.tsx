import { Suspense, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { RelayEnvironmentProvider } from 'react-relay';
import { Country } from './country.tsx';
import { environment } from './environment.ts';
import { Problem } from './problem.tsx';

const countries = { KZ: 'Kazakhstan', KE: 'Kenya', PK: 'Pakistan' };

function App() {
  const [code, setCode] = useState('PK');
  return (
    <>
      <label>
        Country{' '}
        <select value={code} onChange={({ target }) => setCode(target.value)}>
          {Object.entries(countries).map(([code, name]) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <Problem key={code}>
        <Suspense fallback={<p>Loading…</p>}>
          <Country code={code} />
        </Suspense>
      </Problem>
    </>
  );
}

const place = document.getElementById('app');
if (place) {
  createRoot(place).render(
    <RelayEnvironmentProvider environment={environment}>
      <App />
    </RelayEnvironmentProvider>,
  );
}
